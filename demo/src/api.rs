//! The types of the site's own API, shared by the page and its server: `/api/config`, `/api/services`, `/api/times`,
//! `/api/appointments`.
//!
//! It must never hold card data: the site knows a visitor by the wallet server's user number only.

use card_entry_protocol::origin::Origin;
use serde::{Deserialize, Serialize};

use crate::studio_time::StudioTime;

/// `GET /api/config`: the wallet server's addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteConfig {
    pub wallet: Origin,
    /// URL of the card form, without a query.
    pub frame: String,
    /// The studio's company id at the wallet server.
    pub company_id: u64,
}

/// An item of `GET /api/services`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    pub id: String,
    pub name: String,
    pub with: String,
    pub about: String,
    pub minutes: u32,
    /// Price in whole US dollars, paid at the studio.
    pub dollars: u32,
}

/// A day of `GET /api/times?service=`. Days without times are not listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// In ascending order; never empty.
    pub times: Vec<Slot>,
}

/// A time of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    pub at: StudioTime,
    pub free: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAppointment {
    pub service: String,
    /// Start; one of the offered times.
    pub at: StudioTime,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    pub id: String,
    pub service: String,
    pub name: String,
    pub with: String,
    pub at: StudioTime,
    pub until: StudioTime,
}

/// `code` of an error response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteErrorCode {
    /// 401: no token, or one the wallet server does not accept.
    SignIn,
    /// 409: the wallet has no card.
    CardNeeded,
    /// 409: the time is taken.
    Taken,
    /// 422: no offered time: past, closed, or no such service.
    NotOffered,
    /// 409: too many upcoming appointments.
    TooMany,
    /// 404: no such path or appointment, or another person's.
    NotFound,
    /// 503: the wallet server is not available; nothing was done.
    WalletAway,
    /// 400, 405, 413, 415: an invalid request.
    BadRequest,
    /// 500: an internal error.
    Broken,
    /// A code of a newer server.
    #[serde(other)]
    Other,
}

/// The body of every error response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteErrorBody {
    pub code: SiteErrorCode,
    /// English. The page shows its own text in the visitor's language where it knows the code.
    pub message: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_code_is_parsed_as_other() {
        let body: SiteErrorBody =
            serde_json::from_str(r#"{"code":"too_early","message":"m"}"#).unwrap();
        assert_eq!(body.code, SiteErrorCode::Other);
        assert_eq!(
            serde_json::to_string(&SiteErrorCode::CardNeeded).unwrap(),
            "\"card_needed\""
        );
    }

    #[test]
    fn a_new_appointment_needs_a_valid_time() {
        let good = r#"{"service":"haircut","at":"2026-11-24T10:30:00-08:00"}"#;
        assert!(serde_json::from_str::<NewAppointment>(good).is_ok());
        let bad = r#"{"service":"haircut","at":"tomorrow"}"#;
        assert!(serde_json::from_str::<NewAppointment>(bad).is_err());
    }
}
