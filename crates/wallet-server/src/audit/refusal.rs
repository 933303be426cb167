//! Records refused requests: by a limit, a CAPTCHA, a challenge of the bank, or a deletion block.
//!
//! Called by the layer that runs each request, with the error it was answered with. Declines are recorded where the
//! issuer's response is, because a browser's are known by webhook only. A flood of refused requests must never become a
//! flood of writes: of one kind, person and network, one event a minute is recorded.

use wallet_store::StoreError;
use wallet_store::audit_events::{AuditAction, AuditReason};

use super::{Event, origin, record};
use crate::app::App;
use crate::clock::{MINUTE, Seconds};
use crate::error::ApiError;

const INTERVAL: Seconds = MINUTE;

/// Records why a request of a known account was refused, if that belongs in the audit trail. A failure is logged: the
/// request has its answer already.
pub(crate) async fn record_refusal(app: &App, error: &ApiError) {
    if let Err(error) = try_record(app, error).await {
        tracing::warn!(%error, "recording a refused request failed");
    }
}

async fn try_record(app: &App, error: &ApiError) -> Result<(), StoreError> {
    let Some(reason) = reason_of(error) else {
        return Ok(());
    };
    let Some(origin) = origin::current() else {
        return Ok(());
    };
    let Some(account) = origin.account() else {
        return Ok(());
    };
    let network = origin.network.map(|network| network.to_hex());
    let key = format!(
        "audit {account} {:?} {} {}",
        origin.owner(),
        network.unwrap_or_default(),
        reason.as_str()
    );
    if app.limiter.attempts(&key) > 0 {
        return Ok(());
    }
    // Only the check above limits: a refusal here would be counted as a hit of a limit.
    let _ = app.limiter.count_attempt(&key, u32::MAX, INTERVAL);
    let event = Event::new(AuditAction::Refused).because(reason);
    record(app.store.pool(), account, origin.owner(), event).await
}

fn reason_of(error: &ApiError) -> Option<AuditReason> {
    match error {
        ApiError::RateLimited(_) => Some(AuditReason::Limit),
        ApiError::AccountPaused(_) => Some(AuditReason::Cooldown),
        ApiError::AuthenticationRequired(_) => Some(AuditReason::Challenge),
        ApiError::CardInUse(_) => Some(AuditReason::DeletionBlock),
        ApiError::InvalidFields(fields) if fields.contains_key("recaptcha_token") => {
            Some(AuditReason::Captcha)
        }
        _ => None,
    }
}
