//! The holds API, `/holds`: the booking site's server sets and removes deletion blocks of cards that appointments need.
//!
//! It is this project's own API, not a vendor's. The caller sends the account's holds key as a bearer token. It must never
//! be called from a browser, so it has no CORS. See `docs/wallet-server.md`.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{delete, post};
use axum::{Json, Router};
use card_entry_protocol::number::{contains_card_number, id_contains_card_number};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::clock;
use crate::config::Account;
use crate::error::ApiError;
use crate::expiry::YearMonth;
use crate::extract::{self, QueryParams};
use crate::locale::Locale;
use crate::log;
use wallet_store::deletion_blocks::{self, DeletionBlock, NewDeletionBlock};
use wallet_store::owners::OwnerId;
use wallet_store::{WriteTransaction, cards};

/// The maximum length of a reference and of a reason, in characters.
const MAX_TEXT_CHARS: usize = 200;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/holds", post(create).get(list))
        .route("/holds/{reference}", delete(remove))
}

/// The body of `POST /holds`.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NewHold {
    /// The number of the company's account.
    company_id: u64,
    /// The id of the card, as the wallet system writes it.
    #[serde(default)]
    card_id: Option<String>,
    /// The number of the owner, in place of `card_id`: the hold is on the owner's default card.
    #[serde(default)]
    user_id: Option<i64>,
    /// The booking site's own id of the booking, 1 to 200 characters.
    reference: String,
    /// What people read when they try to delete the card, 1 to 200 characters.
    reason: String,
    /// When the card is no longer needed: RFC 3339, in the future.
    until: String,
    /// Whether to refuse a card that expires before `until`.
    #[serde(default)]
    must_be_valid: bool,
}

/// The company, and one of its wallets.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct HoldQuery {
    /// The number of the company's account.
    company_id: u64,
    /// The number of the owner whose holds are listed.
    #[serde(default)]
    user_id: Option<i64>,
}

/// A hold on a card.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Hold")]
struct HoldResponse {
    /// The booking site's own id of the booking.
    reference: String,
    /// The id of the card, as the wallet system writes it. After a replace it is that of the new card.
    card_id: String,
    /// The number of the card's owner.
    user_id: i64,
    /// What people read when they try to delete the card.
    reason: String,
    /// When the card is no longer needed, in the offset in which it was sent.
    until: String,
    /// The last month in which the card is valid, e.g. `11/2031`.
    card_expires: String,
    /// Whether that month is before `until`.
    expires_before_until: bool,
    /// When the hold was created, RFC 3339 in UTC.
    created_at: String,
}

/// The response with one hold, `{hold}`.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct HoldBody {
    /// The hold that was set.
    hold: HoldResponse,
}

/// The response with all holds, `{holds}`.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct HoldsBody {
    /// The holds, the soonest end first.
    holds: Vec<HoldResponse>,
}

impl HoldResponse {
    /// The deletion block, with the card's id of the account's wallet system.
    fn of(account: &Account, hold: DeletionBlock) -> Self {
        let kind = account.system.kind();
        Self {
            card_id: kind.card_id(hold.card_id, &hold.customer_id, &hold.payment_method),
            card_expires: hold.card_expires().to_string(),
            expires_before_until: hold.ends_after_card_expires(),
            reference: hold.reference,
            user_id: hold.owner_id.0,
            reason: hold.reason,
            until: hold.until_text,
            created_at: clock::rfc3339(hold.created_at),
        }
    }
}

/// The account with this number, if the bearer token is its holds key. A wrong number and a wrong key get the same error.
pub(super) fn authorize(
    app: &App,
    headers: &HeaderMap,
    company_id: u64,
) -> Result<Arc<Account>, ApiError> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| extract::bearer_token(value.to_str().ok()?));
    let account = i64::try_from(company_id)
        .ok()
        .and_then(|id| app.config.accounts.by_id(id))
        .ok_or(ApiError::NotSignedIn)?;
    match (bearer, account.holds_key) {
        (Some(given), Some(key)) if key.matches(given) => {
            log::record_account(account.id);
            Ok(account)
        }
        _ => Err(ApiError::NotSignedIn),
    }
}

async fn create(
    State(app): State<App>,
    headers: HeaderMap,
    extract::Json(new): extract::Json<NewHold>,
) -> Result<(StatusCode, Json<HoldBody>), ApiError> {
    let account = authorize(&app, &headers, new.company_id)?;
    let unprocessable = |sentence: &str| Err(ApiError::Unprocessable(sentence.to_owned()));
    if !(1..=MAX_TEXT_CHARS).contains(&new.reference.chars().count()) {
        return unprocessable("`reference` must have 1 to 200 characters.");
    }
    if id_contains_card_number(&new.reference) {
        return unprocessable("`reference` must not hold a card number.");
    }
    if contains_card_number(&new.reason) {
        return unprocessable("`reason` must not hold a card number.");
    }
    if new.reason.trim().is_empty() || new.reason.chars().count() > MAX_TEXT_CHARS {
        return unprocessable(
            "`reason` must say what the card is needed for, in 1 to 200 characters.",
        );
    }
    let Some(until) =
        clock::parse(&new.until).filter(|until| until.unix_timestamp() > clock::now())
    else {
        return unprocessable(
            "`until` must be a moment to come, such as 2027-01-31T18:00:00+01:00.",
        );
    };
    let mut tx = app.store.write().await?;
    let Some(card) = find_card(&mut tx, account.id, &new).await? else {
        return Err(ApiError::NotFound(
            "There is no such card in a wallet of this company.",
        ));
    };
    let expires = YearMonth::of_card(card.exp_month, card.exp_year);
    if expires < YearMonth::of(until) {
        if new.must_be_valid {
            return Err(ApiError::Unprocessable(format!(
                "This card is valid through {expires} only, and is needed until {}. Please ask for another card.",
                Locale::En.format_time(until)
            )));
        }
        tracing::warn!(
            account = account.id,
            "deletion block ends after its card expires"
        );
    }
    let before = deletion_blocks::find(&mut *tx, account.id, &new.reference).await?;
    if before
        .as_ref()
        .is_some_and(|hold| hold.owner_id != card.owner_id)
    {
        return Err(ApiError::Conflict(
            "This reference holds another person’s card.",
        ));
    }
    let block = NewDeletionBlock {
        account_id: account.id,
        reference: &new.reference,
        card: card.id,
        reason: new.reason.trim(),
        until_text: new.until.as_str(),
        until_at: until.unix_timestamp(),
    };
    deletion_blocks::upsert(&mut *tx, &block).await?;
    let hold = deletion_blocks::find(&mut *tx, account.id, &new.reference).await?;
    tx.commit().await?;
    let hold = hold.ok_or_else(|| {
        ApiError::Internal("a deletion block was not found after it was written".to_owned())
    })?;
    let status = if before.is_some() {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    let hold = HoldResponse::of(&account, hold);
    Ok((status, Json(HoldBody { hold })))
}

/// Finds the card by its id, or the default card of the owner. If both are given, they must agree.
async fn find_card(
    tx: &mut WriteTransaction,
    account_id: i64,
    new: &NewHold,
) -> Result<Option<cards::Card>, ApiError> {
    if new.card_id.is_none() && new.user_id.is_none() {
        return Err(ApiError::Unprocessable(
            "Name the card by `card_id` or its owner by `user_id`.".to_owned(),
        ));
    }
    let owner = new.user_id.map(OwnerId);
    Ok(cards::find_by_id_or_default(&mut **tx, account_id, new.card_id.as_deref(), owner).await?)
}

async fn list(
    State(app): State<App>,
    headers: HeaderMap,
    QueryParams(query): QueryParams<HoldQuery>,
) -> Result<Json<HoldsBody>, ApiError> {
    let account = authorize(&app, &headers, query.company_id)?;
    let holds =
        deletion_blocks::list(app.store.pool(), account.id, query.user_id.map(OwnerId)).await?;
    let response = |hold| HoldResponse::of(&account, hold);
    Ok(Json(HoldsBody {
        holds: holds.into_iter().map(response).collect(),
    }))
}

async fn remove(
    State(app): State<App>,
    headers: HeaderMap,
    Path(reference): Path<String>,
    QueryParams(query): QueryParams<HoldQuery>,
) -> Result<StatusCode, ApiError> {
    let account = authorize(&app, &headers, query.company_id)?;
    deletion_blocks::delete(app.store.pool(), account.id, &reference).await?;
    Ok(StatusCode::NO_CONTENT)
}
