//! Every way to say no, whatever the system: what the person reads, and the cause that is logged and never sent.
//!
//! Made by routes and wallet, turned into a response here; a dialect gives that response its own shape (see
//! [`crate::routes`]). The words are short and blameless, and tell a thief nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use card_entry_protocol::decline::DeclineReason;
use card_entry_protocol::member::{InvalidMember, ReadError};
use card_entry_protocol::secret::ClientSecret;

use crate::gateway::GatewayError;
use crate::limiter::TooMany;
use crate::password::HashingFailed;
use crate::store::StoreError;
use crate::words::{HeldCard, Locale, Said};

/// After how many seconds somebody may have made room on a full disk.
const STORAGE_FULL_SECONDS: i64 = 60;

/// After how many seconds it is worth asking again what could not be answered.
const UNAVAILABLE_SECONDS: i64 = 2;

/// Sentences by field.
pub type Fields = BTreeMap<String, Vec<String>>;

/// A refusal, by the status it is answered with unless its dialect has another.
#[derive(Debug)]
pub enum ApiError {
    /// 400: the request cannot be read.
    Unreadable(&'static str),
    /// 401: no token, or one that is wrong, over, revoked or of another company. All look alike.
    NotSignedIn,
    /// 401: e-mail and password do not belong together.
    WrongPassword,
    /// 402: the bank wants to see the person first; nothing is saved.
    Challenge(ClientSecret),
    /// 403: a page that is not on the account's list.
    ForeignPage,
    /// 403: known, and not allowed to do this.
    Forbidden(&'static str),
    /// 404: no such thing, or not this owner's. Both look alike.
    NotFound(&'static str),
    /// 404: no such address.
    NoRoute,
    /// 405: not in this way.
    WrongMethod,
    /// 406: the caller takes no JSON.
    NotAcceptable,
    /// 409: it cannot be done now; looking again helps.
    Conflict(&'static str),
    /// 409: this very request is under way; its answer comes in so many seconds.
    UnderWay(i64),
    /// 413: the body is too large.
    TooLarge,
    /// 415: the body is not JSON.
    NotJson,
    /// 422: fields to correct.
    Fields(Fields),
    /// 422: a member of the body or of the query is missing or not as expected.
    Member(InvalidMember),
    /// 422: the bank refused the card.
    Declined(DeclineReason),
    /// 422: understood, and not done, with the reason.
    Refused(String),
    /// 422: a card that something still needs, with what.
    Held(HeldCard),
    /// 422: an amount that cannot be taken.
    Amount(String),
    /// 422: the card of a payment that is not captured yet.
    NotCaptured,
    /// 422: a payment of which no card can be kept.
    NoReusableCard,
    /// 429: too often.
    TooMany(TooMany),
    /// 429: no new cards for so many seconds, whoever asks.
    Paused(i64),
    /// 424: the gateway refuses what this server asked of it, however often it is repeated.
    GatewayRefused(String),
    /// 424: the gateway does not let the account's key do it: it is wrong, expired, or lacks a right.
    GatewayForbidden(String),
    /// 429: too many ask for the same at this moment; good again in so many seconds.
    Busy(i64),
    /// 500: ours to mend.
    Broken(String),
    /// 503: the gateway does not answer; what became of the call is unknown.
    Unavailable(String),
    /// 503: the database does not answer in time.
    StorageBusy(String),
    /// 503: the disk is full, or fails.
    StorageFull(String),
    /// 503: it took too long.
    TimedOut,
    /// A failure that was asked for in development, with the status it was asked for with.
    Asked(StatusCode),
}

impl ApiError {
    /// The status it is answered with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::NotSignedIn | Self::WrongPassword => StatusCode::UNAUTHORIZED,
            Self::Challenge(_) => StatusCode::PAYMENT_REQUIRED,
            Self::ForeignPage | Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::NotFound(_) | Self::NoRoute => StatusCode::NOT_FOUND,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::Conflict(_) | Self::UnderWay(_) => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Fields(_)
            | Self::Member(_)
            | Self::Declined(_)
            | Self::Refused(_)
            | Self::Held(_)
            | Self::Amount(_)
            | Self::NotCaptured
            | Self::NoReusableCard => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany(_) | Self::Paused(_) | Self::Busy(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::GatewayRefused(_) | Self::GatewayForbidden(_) => StatusCode::FAILED_DEPENDENCY,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable(_) | Self::StorageBusy(_) | Self::StorageFull(_) | Self::TimedOut => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Asked(status) => *status,
        }
    }

    /// What the person reads, in their language. What a program reads is English.
    #[must_use]
    pub fn say(&self, locale: Locale) -> Said {
        match self {
            Self::Declined(refusal) => locale.refuse(*refusal),
            Self::Held(card) => Said {
                text: card.say(locale),
                locale,
            },
            other => locale.say(&other.sentence()),
        }
    }

    /// Sentences by field, in a language that has all of them.
    #[must_use]
    pub fn fields_in(fields: &Fields, locale: Locale) -> (Fields, Locale) {
        let mut all = fields.clone();
        for words in all.values_mut().flatten() {
            let said = locale.say(words);
            if said.locale != locale {
                return (fields.clone(), Locale::En);
            }
            *words = said.text;
        }
        (all, locale)
    }

    /// The same in English.
    #[must_use]
    pub fn sentence(&self) -> String {
        let words = match self {
            Self::Unreadable(words)
            | Self::NotFound(words)
            | Self::Conflict(words)
            | Self::Forbidden(words) => words,
            Self::NotSignedIn => "Please sign in again.",
            Self::WrongPassword => {
                "E-mail and password don’t match. Please check them and try again."
            }
            Self::Challenge(_) => {
                "Your bank wants to check that it’s you. The card is not saved yet."
            }
            Self::ForeignPage => "This page may not use the wallet.",
            Self::NoRoute => "There is nothing at this address.",
            Self::WrongMethod => "This address doesn’t take that kind of request.",
            Self::NotAcceptable => "The answer is JSON (accept: application/json).",
            Self::TooLarge => "That was too much text. Please shorten it.",
            Self::NotJson => "The request must be JSON (content-type: application/json).",
            Self::Fields(fields) => match fields.values().flatten().next() {
                Some(first) => first,
                None => "Something in the request is missing or not as expected.",
            },
            Self::Member(member) => return member.sentence(),
            Self::Declined(refusal) => refusal.sentence(),
            Self::Held(card) => return card.say(Locale::En),
            Self::Refused(words) | Self::Amount(words) => words,
            Self::NotCaptured => {
                "This payment isn’t captured yet. The card can be saved after that."
            }
            Self::NoReusableCard => {
                "The payment worked, but this card can’t be saved: a phone or watch was used."
            }
            Self::TooMany(TooMany(seconds)) => {
                return format!(
                    "That was tried too often. Please wait {} and try again.",
                    wait(*seconds)
                );
            }
            Self::Paused(seconds) => {
                return format!(
                    "New cards can’t be added just now. Please try again in {}. Cards in your wallet still work.",
                    wait(*seconds)
                );
            }
            Self::GatewayRefused(_) => {
                "The card service refused this, and trying again won’t change that. Please contact the business."
            }
            Self::GatewayForbidden(_) => {
                "This business can’t use its card service at the moment. Trying again won’t help. Please contact the business."
            }
            Self::StorageBusy(_) => {
                "Our server is too busy to save this. Please try again in a moment."
            }
            Self::StorageFull(_) => {
                "Our server can’t store anything at the moment. Please try again in a few minutes."
            }
            Self::UnderWay(_) => "This is still being worked on. Please wait a moment.",
            Self::Busy(_) => "Many requests are coming in just now. Please try again in a moment.",
            Self::Broken(_) => "Something went wrong on our side. Please try again in a moment.",
            Self::Unavailable(_) => {
                "We can’t reach the card service just now. Your wallet is unchanged. Please try again in a moment."
            }
            Self::TimedOut => "That took too long. Please try again in a moment.",
            Self::Asked(_) => "This failure was asked for. Please try again.",
        };
        words.to_owned()
    }

    /// The stable code for programs of what is wrong behind this server, where the status alone does not say it.
    #[must_use]
    pub fn code(&self) -> Option<&'static str> {
        match self {
            Self::GatewayRefused(_) => Some("gateway_refused"),
            Self::GatewayForbidden(_) => Some("gateway_forbidden"),
            Self::Unavailable(_) => Some("gateway_unreachable"),
            Self::StorageBusy(_) => Some("storage_busy"),
            Self::StorageFull(_) => Some("storage_full"),
            _ => None,
        }
    }

    /// In how many seconds the same request may be sent again; none: that is not a matter of time.
    #[must_use]
    pub fn retry_after(&self) -> Option<i64> {
        match self {
            Self::TooMany(TooMany(seconds))
            | Self::Paused(seconds)
            | Self::Busy(seconds)
            | Self::UnderWay(seconds) => Some(*seconds),
            Self::StorageFull(_) => Some(STORAGE_FULL_SECONDS),
            Self::Unavailable(_) | Self::StorageBusy(_) | Self::TimedOut => {
                Some(UNAVAILABLE_SECONDS)
            }
            _ => None,
        }
    }

    /// The same refusal for the same key: those that name a reason in the request itself.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Declined(_) | Self::Refused(_) | Self::Held(_) | Self::NoReusableCard
        )
    }
}

fn wait(seconds: i64) -> String {
    match seconds {
        ..=1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", (seconds + 59) / 60),
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        match &self {
            Self::Broken(cause) => tracing::error!(cause, "a request failed"),
            Self::GatewayRefused(cause) | Self::GatewayForbidden(cause) => {
                tracing::error!(cause, "the gateway refused a call for good");
            }
            Self::StorageFull(cause) => tracing::error!(
                cause,
                "the database cannot be written: disk full, or failing"
            ),
            Self::Unavailable(cause) | Self::StorageBusy(cause) => {
                tracing::warn!(cause, "a request could not be served");
            }
            Self::TimedOut => {
                tracing::warn!("a request took too long; its caller was told to come back");
            }
            _ => {}
        }
        let mut body = serde_json::json!({"message": self.sentence()});
        if let (Some(code), Some(body)) = (self.code(), body.as_object_mut()) {
            body.insert("code".to_owned(), code.into());
        }
        let mut response = (self.status(), axum::Json(body)).into_response();
        if let Some(seconds) = self.retry_after() {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        // For the dialect around the route, which gives it its own shape.
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

impl From<ReadError> for ApiError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Syntax => Self::Unreadable("The request isn’t valid JSON."),
            ReadError::Member(member) => Self::Member(member),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if error.is_full() {
            Self::StorageFull(error.to_string())
        } else {
            Self::StorageBusy(error.to_string())
        }
    }
}

impl From<sqlx::Error> for ApiError {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl From<GatewayError> for ApiError {
    fn from(error: GatewayError) -> Self {
        match error {
            GatewayError::Declined(refusal) => Self::Declined(refusal),
            GatewayError::OtherRequest => {
                Self::Refused("This key was already used for another request.".to_owned())
            }
            GatewayError::Misused { ref code, .. } if code == "amount_too_small" => {
                Self::Amount("The amount is less than the payment service takes.".to_owned())
            }
            GatewayError::Misused { ref code, .. } if code == "amount_too_large" => {
                Self::Amount("The amount is more than the payment service takes.".to_owned())
            }
            ref refused if refused.is_forbidden() => Self::GatewayForbidden(error.to_string()),
            GatewayError::Misused { .. }
            | GatewayError::Missing
            | GatewayError::CustomerMissing => Self::GatewayRefused(error.to_string()),
            GatewayError::Moved => {
                Self::Conflict("This has changed in the meantime. Please look again.")
            }
            GatewayError::Client(cause) => Self::Broken(cause),
            GatewayError::Unclear(_) | GatewayError::Replayed(_) | GatewayError::Unreadable(_) => {
                Self::Unavailable(error.to_string())
            }
        }
    }
}

impl From<HashingFailed> for ApiError {
    fn from(error: HashingFailed) -> Self {
        match error {
            HashingFailed::Busy(seconds) => Self::Busy(seconds),
            HashingFailed::Failed(_) => Self::Broken(error.to_string()),
        }
    }
}

impl From<TooMany> for ApiError {
    fn from(error: TooMany) -> Self {
        Self::TooMany(error)
    }
}

impl From<getrandom::Error> for ApiError {
    fn from(error: getrandom::Error) -> Self {
        Self::Broken(error.to_string())
    }
}
