//! Renders cards and setup intents in MikroCloud's format.
//!
//! It must never render a value of the database that MikroCloud's types do not allow.

use card_entry_protocol::card::Brand;
use card_entry_protocol::dialect::mikrocloud::{PaymentMethod, SetupIntent, listed_brand};
use card_entry_protocol::secret::PublishableKey;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::clock::Seconds;
use crate::error::ApiError;
use crate::gateway;
use wallet_store::cards::Card;

#[derive(Debug, Clone)]
pub(super) struct UserTimeZone(pub TimeZone);

impl UserTimeZone {
    /// Formats a time as `YYYY-MM-DD HH:MM:SS` in the time zone. The text is empty for a time out of range.
    fn format(&self, at: Seconds) -> String {
        Timestamp::from_second(at).map_or_else(
            |_| String::new(),
            |time| {
                let local = time.to_zoned(self.0.clone());
                local.strftime("%Y-%m-%d %H:%M:%S").to_string()
            },
        )
    }
}

pub(super) fn method(card: Card, zone: &UserTimeZone) -> Result<PaymentMethod, ApiError> {
    let unreadable = || ApiError::Internal(format!("card {} cannot be shown", card.id.0));
    // The vendor's list does not have every card network.
    let brand = match listed_brand(&card.shown_brand()) {
        Brand::Unknown => Brand::parse(&card.brand).unwrap_or(Brand::Unknown),
        listed => listed,
    };
    Ok(PaymentMethod {
        brand: listed_brand(&brand),
        last4: card.last4.clone().try_into().map_err(|_| unreadable())?,
        exp_month: card.exp_month.try_into().map_err(|_| unreadable())?,
        exp_year: card.exp_year.try_into().map_err(|_| unreadable())?,
        created_at: zone.format(card.created_at),
        id: card.payment_method,
    })
}

pub(super) fn setup_intent(
    intent: gateway::SetupIntent,
    key: &PublishableKey,
    zone: &UserTimeZone,
) -> SetupIntent {
    SetupIntent {
        id: intent.id,
        publishable_key: key.as_str().to_owned(),
        client_secret: intent.client_secret.into(),
        status: intent.status.as_str().to_owned(),
        created_at: zone.format(intent.created),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn times_are_formatted_as_in_the_vendors_examples() {
        let at = 1_694_824_734;
        assert_eq!(
            UserTimeZone(TimeZone::UTC).format(at),
            "2023-09-16 00:38:54"
        );
        let chicago = TimeZone::get("America/Chicago").unwrap();
        assert_eq!(UserTimeZone(chicago).format(at), "2023-09-15 19:38:54");
        assert_eq!(UserTimeZone(TimeZone::UTC).format(i64::MAX), "");
    }
}
