//! Cards and intents as the vendor's API shows them.

use card_entry_protocol::card::Brand;
use card_entry_protocol::dialect::mikrocloud::{PaymentMethod, SetupIntent, listed_brand};
use card_entry_protocol::secret::PublishableKey;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::clock::Seconds;
use crate::error::ApiError;
use crate::gateway;
use crate::store::cards::Card;

#[derive(Debug, Clone)]
pub(super) struct Zone(pub TimeZone);

impl Zone {
    /// `YYYY-MM-DD HH:MM:SS` as the caller's clock showed it; empty for a moment out of all calendars.
    fn write(&self, at: Seconds) -> String {
        Timestamp::from_second(at).map_or_else(
            |_| String::new(),
            |moment| {
                let local = moment.to_zoned(self.0.clone());
                local.strftime("%Y-%m-%d %H:%M:%S").to_string()
            },
        )
    }
}

pub(super) fn method(card: Card, zone: &Zone) -> Result<PaymentMethod, ApiError> {
    let unreadable = || ApiError::Broken(format!("card {} cannot be shown", card.id.0));
    // The vendor's list has no room for every network a holder may choose.
    let brand = match listed_brand(&card.shown_brand()) {
        Brand::Unknown => Brand::parse(&card.brand).unwrap_or(Brand::Unknown),
        listed => listed,
    };
    Ok(PaymentMethod {
        brand: listed_brand(&brand),
        last4: card.last4.clone().try_into().map_err(|_| unreadable())?,
        exp_month: card.exp_month.try_into().map_err(|_| unreadable())?,
        exp_year: card.exp_year.try_into().map_err(|_| unreadable())?,
        created_at: zone.write(card.created_at),
        id: card.payment_method,
    })
}

pub(super) fn setup_intent(
    intent: gateway::SetupIntent,
    key: &PublishableKey,
    zone: &Zone,
) -> SetupIntent {
    SetupIntent {
        id: intent.id,
        publishable_key: key.as_str().to_owned(),
        client_secret: intent.client_secret.into(),
        status: intent.status.as_str().to_owned(),
        created_at: zone.write(intent.created),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn moments_are_written_as_the_vendor_s_examples_are() {
        let at = 1_694_824_734;
        assert_eq!(Zone(TimeZone::UTC).write(at), "2023-09-16 00:38:54");
        let there = TimeZone::get("America/Chicago").unwrap();
        assert_eq!(Zone(there).write(at), "2023-09-15 19:38:54");
        assert_eq!(Zone(TimeZone::UTC).write(i64::MAX), "");
    }
}
