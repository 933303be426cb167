//! The holds API: the booking site's server says which card an appointment needs. Ours, not the vendor's.
//!
//! Called with the company's holds key as a bearer token, never from a browser: no CORS. See `docs/wallet-server.md`.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{delete, post};
use axum::{Json, Router};
use card_entry_protocol::number::{contains_card_number, id_contains_card_number};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::clock;
use crate::config::Account;
use crate::error::ApiError;
use crate::expiry::YearMonth;
use crate::read::{self, Params};
use crate::store::holds::{self, Hold};
use crate::store::owners::OwnerId;
use crate::store::{Write, cards};
use crate::words::Locale;

/// The longest reference and reason kept, characters.
const LONGEST: usize = 200;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/holds", post(place).get(list))
        .route("/holds/{reference}", delete(lift))
}

#[derive(Debug, Deserialize)]
struct NewHold {
    company_id: u64,
    #[serde(default)]
    card_id: Option<String>,
    #[serde(default)]
    user_id: Option<i64>,
    reference: String,
    reason: String,
    until: String,
    /// Refuse a card that expires before `until`.
    #[serde(default)]
    must_be_valid: bool,
}

#[derive(Debug, Deserialize)]
struct Which {
    company_id: u64,
    #[serde(default)]
    user_id: Option<i64>,
}

#[derive(Debug, Serialize)]
struct HoldView {
    reference: String,
    card_id: String,
    user_id: i64,
    reason: String,
    until: String,
    /// The last month the card is good in.
    card_expires: String,
    /// Whether that is before `until`.
    expires_before_until: bool,
    created_at: String,
}

#[derive(Debug, Serialize)]
struct HoldBody {
    hold: HoldView,
}

#[derive(Debug, Serialize)]
struct HoldsBody {
    holds: Vec<HoldView>,
}

impl HoldView {
    /// The hold, with the card called as the account's system calls it.
    fn of(account: &Account, hold: Hold) -> Self {
        let kind = account.system.kind();
        Self {
            card_id: kind.card_id(hold.card_id, &hold.customer_id, &hold.payment_method),
            card_expires: hold.card_expires().to_string(),
            expires_before_until: hold.outlives_card(),
            reference: hold.reference,
            user_id: hold.owner_id.0,
            reason: hold.reason,
            until: hold.until_text,
            created_at: clock::rfc3339(hold.created_at),
        }
    }
}

/// The company whose key this is; a wrong company and a wrong key look alike.
fn authorize(app: &App, headers: &HeaderMap, company_id: u64) -> Result<Arc<Account>, ApiError> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let account = i64::try_from(company_id)
        .ok()
        .and_then(|id| app.config.accounts.by_id(id))
        .ok_or(ApiError::NotSignedIn)?;
    match (bearer, account.holds_key) {
        (Some(given), Some(key)) if key.matches(given) => Ok(account),
        _ => Err(ApiError::NotSignedIn),
    }
}

async fn place(
    State(app): State<App>,
    headers: HeaderMap,
    read::Json(new): read::Json<NewHold>,
) -> Result<(StatusCode, Json<HoldBody>), ApiError> {
    let account = authorize(&app, &headers, new.company_id)?;
    let refused = |words: &str| Err(ApiError::Refused(words.to_owned()));
    if !(1..=LONGEST).contains(&new.reference.chars().count()) {
        return refused("`reference` must have 1 to 200 characters.");
    }
    if id_contains_card_number(&new.reference) {
        return refused("`reference` must not hold a card number.");
    }
    if contains_card_number(&new.reason) {
        return refused("`reason` must not hold a card number.");
    }
    if new.reason.trim().is_empty() || new.reason.chars().count() > LONGEST {
        return refused("`reason` must say what the card is needed for, in 1 to 200 characters.");
    }
    let Some(until) =
        clock::parse(&new.until).filter(|until| until.unix_timestamp() > clock::now())
    else {
        return refused("`until` must be a moment to come, such as 2027-01-31T18:00:00+01:00.");
    };
    let mut tx = app.store.write().await?;
    let Some(card) = wanted_card(&mut tx, account.id, &new).await? else {
        return Err(ApiError::NotFound(
            "There is no such card in a wallet of this company.",
        ));
    };
    let expires = YearMonth::of_card(card.exp_month, card.exp_year);
    if expires < YearMonth::of(until) {
        if new.must_be_valid {
            return Err(ApiError::Refused(format!(
                "This card is valid through {expires} only, and is needed until {}. Please ask for another card.",
                Locale::En.moment(until)
            )));
        }
        tracing::warn!(
            account = account.id,
            "a hold outlives its card: the card expires before it ends"
        );
    }
    let before = holds::find(&mut *tx, account.id, &new.reference).await?;
    if before
        .as_ref()
        .is_some_and(|hold| hold.owner_id != card.owner_id)
    {
        return Err(ApiError::Conflict(
            "This reference holds another person’s card.",
        ));
    }
    let until = (new.until.as_str(), until.unix_timestamp());
    holds::put(
        &mut *tx,
        account.id,
        &new.reference,
        card.id,
        new.reason.trim(),
        until,
    )
    .await?;
    let hold = holds::find(&mut *tx, account.id, &new.reference).await?;
    tx.commit().await?;
    let hold =
        hold.ok_or_else(|| ApiError::Broken("a hold is gone as it was placed".to_owned()))?;
    let status = if before.is_some() {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    let hold = HoldView::of(&account, hold);
    Ok((status, Json(HoldBody { hold })))
}

/// The card named by its id, or the default in the named owner's wallet; both must agree when both are given.
async fn wanted_card(
    tx: &mut Write,
    account_id: i64,
    new: &NewHold,
) -> Result<Option<cards::Card>, ApiError> {
    if new.card_id.is_none() && new.user_id.is_none() {
        return Err(ApiError::Refused(
            "Name the card by `card_id` or its owner by `user_id`.".to_owned(),
        ));
    }
    let owner = new.user_id.map(OwnerId);
    Ok(cards::wanted(&mut **tx, account_id, new.card_id.as_deref(), owner).await?)
}

async fn list(
    State(app): State<App>,
    headers: HeaderMap,
    Params(which): Params<Which>,
) -> Result<Json<HoldsBody>, ApiError> {
    let account = authorize(&app, &headers, which.company_id)?;
    let holds = holds::list(app.store.pool(), account.id, which.user_id.map(OwnerId)).await?;
    let view = |hold| HoldView::of(&account, hold);
    Ok(Json(HoldsBody {
        holds: holds.into_iter().map(view).collect(),
    }))
}

async fn lift(
    State(app): State<App>,
    headers: HeaderMap,
    Path(reference): Path<String>,
    Params(which): Params<Which>,
) -> Result<StatusCode, ApiError> {
    let account = authorize(&app, &headers, which.company_id)?;
    holds::delete(app.store.pool(), account.id, &reference).await?;
    Ok(StatusCode::NO_CONTENT)
}
