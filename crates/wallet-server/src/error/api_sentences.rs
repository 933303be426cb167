//! The sentences of errors, for people.
//!
//! The English sentences are also the keys of the translations, `words/<tag>.json`; a test compares them. They must never
//! contain a cause.

use super::{ApiError, ErrorsByField};
use crate::locale::{Locale, LocalizedText};
use crate::rate_limiter::RateLimited;

impl ApiError {
    /// The sentence for people, in their language. Sentences for programs are always English.
    #[must_use]
    pub fn localized(&self, locale: Locale) -> LocalizedText {
        match self {
            Self::Declined(reason) => locale.decline_sentence(*reason),
            Self::CardInUse(card) => LocalizedText {
                text: card.sentence(locale),
                locale,
            },
            other => locale.translate(&other.sentence()),
        }
    }

    /// Translates the sentences of fields. All stay English if one has no translation.
    #[must_use]
    pub fn localize_fields(fields: &ErrorsByField, locale: Locale) -> (ErrorsByField, Locale) {
        let mut all = fields.clone();
        for sentence in all.values_mut().flatten() {
            let translated = locale.translate(sentence);
            if translated.locale != locale {
                return (fields.clone(), Locale::En);
            }
            *sentence = translated.text;
        }
        (all, locale)
    }

    /// The sentence for people, in English.
    #[must_use]
    pub fn sentence(&self) -> String {
        let sentence = match self {
            Self::BadRequest(sentence)
            | Self::NotFound(sentence)
            | Self::Conflict(sentence)
            | Self::Forbidden(sentence) => sentence,
            Self::NotSignedIn => "Please sign in again.",
            Self::WrongPassword => {
                "E-mail and password don’t match. Please check them and try again."
            }
            Self::AuthenticationRequired(_) => {
                "Your bank wants to check that it’s you. The card is not saved yet."
            }
            Self::OriginNotAllowed => "This page may not use the wallet.",
            Self::RouteNotFound => "There is nothing at this address.",
            Self::MethodNotAllowed => "This address doesn’t take that kind of request.",
            Self::NotAcceptable => "The answer is JSON (accept: application/json).",
            Self::BodyTooLarge => "That was too much text. Please shorten it.",
            Self::UnsupportedMediaType => {
                "The request must be JSON (content-type: application/json)."
            }
            Self::InvalidFields(fields) => match fields.values().flatten().next() {
                Some(first) => first,
                None => "Something in the request is missing or not as expected.",
            },
            Self::InvalidMember(member) => return member.sentence(),
            Self::Declined(reason) => reason.sentence(),
            Self::CardInUse(card) => return card.sentence(Locale::En),
            Self::Unprocessable(sentence) | Self::InvalidAmount(sentence) => sentence,
            Self::NotCaptured => {
                "This payment isn’t captured yet. The card can be saved after that."
            }
            Self::NoReusableCard => {
                "The payment worked, but this card can’t be saved: a phone or watch was used."
            }
            Self::RateLimited(RateLimited(seconds)) => {
                return format!(
                    "That was tried too often. Please wait {} and try again.",
                    wait(*seconds)
                );
            }
            Self::AccountPaused(seconds) => {
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
            Self::RequestInProgress(_) => "This is still being worked on. Please wait a moment.",
            Self::Overloaded(_) => {
                "Many requests are coming in just now. Please try again in a moment."
            }
            Self::Internal(_) => "Something went wrong on our side. Please try again in a moment.",
            Self::GatewayUnreachable(_) => {
                "We can’t reach the card service just now. Your wallet is unchanged. Please try again in a moment."
            }
            Self::TimedOut => "That took too long. Please try again in a moment.",
            Self::InjectedFault(_) => "This failure was asked for. Please try again.",
        };
        sentence.to_owned()
    }
}

fn wait(seconds: i64) -> String {
    match seconds {
        ..=1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", (seconds + 59) / 60),
    }
}
