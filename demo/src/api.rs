//! The site's own API, as the page and its server both read it: `/api/config`, `/api/services`, `/api/times`,
//! `/api/appointments`.
//!
//! No card is ever part of it: the site knows a visitor by the wallet's user number and nothing else.

use card_entry_protocol::origin::Origin;
use serde::{Deserialize, Serialize};

use crate::studio_time::StudioTime;

/// `GET /api/config`: where the wallet is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteConfig {
    pub wallet: Origin,
    /// The card form's page, without a query.
    pub frame: String,
    /// The number the wallet knows this studio by.
    pub company_id: u64,
}

/// A row of `GET /api/services`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its name in addresses and bookings.
    pub id: String,
    pub name: String,
    pub with: String,
    /// What is done, in one line.
    pub about: String,
    pub minutes: u32,
    /// Its price in whole US dollars, paid at the studio.
    pub dollars: u32,
}

/// A day of `GET /api/times?service=`; only days with times on them are listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Its times, the earliest first; never none.
    pub times: Vec<Slot>,
}

/// A time of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    pub at: StudioTime,
    /// Whether it can still be booked.
    pub free: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAppointment {
    pub service: String,
    /// When it begins; one of the times offered.
    pub at: StudioTime,
}

/// An appointment, as it is listed and answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    pub id: String,
    pub service: String,
    pub name: String,
    pub with: String,
    pub at: StudioTime,
    pub until: StudioTime,
}

/// Why the site said no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// 401: no token, or one the wallet does not know.
    SignIn,
    /// 409: the wallet has no card to hold the time with.
    CardNeeded,
    /// 409: somebody else has this time.
    Taken,
    /// 422: not a time on offer: past, closed, or no such service.
    NotOffered,
    /// 409: as many visits ahead as one person may book.
    TooMany,
    /// 404: no such page or appointment; also when it is another person's.
    NotFound,
    /// 503: the wallet could not be asked, so nothing was done.
    WalletAway,
    /// 400, 405, 413, 415: not a request this API knows.
    BadRequest,
    /// 500, 503: the site's own fault.
    Broken,
    /// A code of a newer server.
    #[serde(other)]
    Other,
}

/// The body of every refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    pub code: RefusalCode,
    /// For people, in English; the page says it in the visitor's language where it knows the code.
    pub message: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_servers_code_still_reads() {
        let refusal: Refusal =
            serde_json::from_str(r#"{"code":"too_early","message":"m"}"#).unwrap();
        assert_eq!(refusal.code, RefusalCode::Other);
        assert_eq!(
            serde_json::to_string(&RefusalCode::CardNeeded).unwrap(),
            "\"card_needed\""
        );
    }

    #[test]
    fn an_appointment_is_only_for_a_time() {
        let good = r#"{"service":"haircut","at":"2026-11-24T10:30:00-08:00"}"#;
        assert!(serde_json::from_str::<NewAppointment>(good).is_ok());
        let bad = r#"{"service":"haircut","at":"tomorrow"}"#;
        assert!(serde_json::from_str::<NewAppointment>(bad).is_err());
    }
}
