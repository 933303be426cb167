//! How often cards may be tried: whoever has stolen many looks for a page that tells which of them work.
//!
//! Called before an intent is made. Counted in the database, in the transaction that records the try, so that neither a
//! restart nor a crowd of requests gets past; what is answered is the true wait.

use crate::app::App;
use crate::clock::{HOUR, Seconds, now};
use crate::config::Account;
use crate::error::ApiError;
use crate::limiter::{Place, TooMany};
use crate::store::Write;
use crate::store::attempts::{self, New, Pending};
use crate::store::owners::Owner;

/// Records a try, unless there were too many.
///
/// # Errors
/// 429 with the time until the oldest of the counted tries is an hour old.
pub(super) async fn admit(
    app: &App,
    tx: &mut Write,
    account: &Account,
    owner: &Owner,
    place: Option<&Place>,
    payment_method: Option<&str>,
    key: &str,
) -> Result<Pending, ApiError> {
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
