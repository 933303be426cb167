//! How often cards may be tried: whoever has stolen many looks for a page that tells which of them work.
//!
//! Called before an intent is made. Counted in the database, in the transaction that records the try, so that neither a
//! restart nor a crowd of requests gets past; what is answered is the true wait.

use sqlx::SqliteConnection;

use super::breaker;
use crate::app::App;
use crate::clock::{DAY, HOUR, Seconds, now};
use crate::config::Account;
use crate::error::ApiError;
use crate::limiter::{Place, TooMany};
use crate::store::attempts::{self, New, Pending};
use crate::store::owners::Owner;
use crate::store::{Write, saves};

/// Refuses when so many cards came into the owner's wallet in a day that one more is no person's wish.
///
/// # Errors
/// 429 with the time until the oldest of them is a day old.
pub(super) async fn check_day(
    app: &App,
    db: &mut SqliteConnection,
    owner: &Owner,
) -> Result<(), ApiError> {
    let most = app.config.limits.cards_per_day;
    let last = saves::nth_of_owner(db, owner.id, most).await?;
    Ok(check(most, last, DAY)?)
}

/// Records a try, unless there were too many.
///
/// # Errors
/// 429 with the time until the oldest of those counted is out of its window, or until the account's pause ends.
pub(super) async fn admit(
    app: &App,
    tx: &mut Write,
    account: &Account,
    owner: &Owner,
    place: Option<&Place>,
    payment_method: Option<&str>,
    key: &str,
) -> Result<Pending, ApiError> {
    breaker::check(tx, account).await?;
    check_day(app, tx, owner).await?;
    let limits = &app.config.limits;
    let own = attempts::nth_of_owner(&mut **tx, owner.id, limits.intents_per_hour).await?;
    check(limits.intents_per_hour, own, HOUR)?;
    let place = place.map(|place| place.fingerprint(app.store.instance()));
    if let Some(place) = place {
        let most = limits.intents_per_hour_and_address;
        let all = attempts::nth_of_place(&mut **tx, place, most).await?;
        check(most, all, HOUR)?;
    }
    let new = New {
        account_id: account.id,
        owner: owner.id,
        place,
        payment_method,
        key,
    };
    Ok(attempts::insert(&mut **tx, &new).await?)
}

/// Refuses when the one at the limit is still inside its window.
fn check(limit: u32, at_limit: Option<Seconds>, window: Seconds) -> Result<(), TooMany> {
    match at_limit {
        _ if limit == 0 => Err(TooMany(window)),
        Some(at) => Err(TooMany((at + window - now()).clamp(1, window))),
        None => Ok(()),
    }
}
