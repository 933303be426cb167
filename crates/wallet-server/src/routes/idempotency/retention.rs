//! Which answers are kept under an idempotency key. The hash of the request is kept in every case, for a day after the
//! key's last use: another request under the key is refused whatever was answered.
//!
//! Called by [`super`]. An answer that a repeat could better must never be kept.
//!
//! | answer | kept | why |
//! | --- | --- | --- |
//! | 2xx | yes | the work is done |
//! | 422: declined, not allowed, card in use, no reusable card | yes | every repeat would get the same |
//! | 422: wrong fields or members, amount, not captured | no | nothing was done; the payment may be captured meanwhile |
//! | 401, 402, 403, 404, 409 | no | the same request can succeed after a sign-in, a challenge or a change |
//! | 424 | no | the operator mends it, and the same request succeeds |
//! | 429 | no | nothing was done; the same request is to come later |
//! | 5xx | no | the result is not known; the repeat finds it |

use crate::error::ApiError;

/// What happens to the answer of a request with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Retention {
    /// Every repeat gets this answer.
    Keep,
    /// The same request is done again.
    Release,
}

impl Retention {
    pub fn of<T>(result: &Result<T, ApiError>) -> Self {
        match result {
            Ok(_) => Self::Keep,
            Err(error) if error.is_final() => Self::Keep,
            Err(_) => Self::Release,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::error::ErrorsByField;
    use crate::rate_limiter::RateLimited;
    use axum::http::StatusCode;
    use card_entry_protocol::decline::DeclineReason;

    #[test]
    fn an_answer_is_kept_if_every_repeat_would_get_it() {
        let text = String::new;
        let kept = [
            (ApiError::Declined(DeclineReason::Declined), 422),
            (ApiError::Unprocessable(text()), 422),
            (ApiError::NoReusableCard, 422),
        ];
        let released = [
            (ApiError::BadRequest(""), 400),
            (ApiError::NotSignedIn, 401),
            (ApiError::Forbidden(""), 403),
            (ApiError::NotFound(""), 404),
            (ApiError::Conflict(""), 409),
            (ApiError::RequestInProgress(2), 409),
            (ApiError::InvalidFields(ErrorsByField::new()), 422),
            (ApiError::InvalidAmount(text()), 422),
            (ApiError::NotCaptured, 422),
            (ApiError::GatewayRefused(text()), 424),
            (ApiError::GatewayForbidden(text()), 424),
            (ApiError::RateLimited(RateLimited(2)), 429),
            (ApiError::AccountPaused(2), 429),
            (ApiError::Overloaded(2), 429),
            (ApiError::Internal(text()), 500),
            (ApiError::GatewayUnreachable(text()), 503),
            (ApiError::StorageBusy(text()), 503),
            (ApiError::StorageFull(text()), 503),
            (ApiError::TimedOut, 503),
            (ApiError::InjectedFault(StatusCode::BAD_GATEWAY), 502),
        ];
        assert_eq!(Retention::of(&Ok(())), Retention::Keep);
        for (errors, expected) in [
            (Vec::from(kept), Retention::Keep),
            (Vec::from(released), Retention::Release),
        ] {
            for (error, status) in errors {
                assert_eq!(error.status().as_u16(), status, "{error:?}");
                let result: Result<(), ApiError> = Err(error);
                assert_eq!(Retention::of(&result), expected, "{result:?}");
            }
        }
    }
}
