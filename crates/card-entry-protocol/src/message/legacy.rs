//! The window messages for a parent page without a companion, in the form of MyTime's how-to.
//!
//! The frame sends them to each allowed origin and never to `*`. The companion reads them only to drop what has another
//! form.

use serde::{Deserialize, Serialize};

use super::{AttemptError, IntentResult};
use crate::card::{CardDetails, PaymentMethodId};

/// A window message to a parent page without a companion.
///
/// ```
/// use card_entry_protocol::message::LegacyMessage;
///
/// let message = serde_json::to_value(LegacyMessage::Height(412))?;
/// assert_eq!(message, serde_json::json!({"isStripeFormHeight": true, "height": 412}));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LegacyMessage {
    /// `{isStripeCallback: true, id, card, setup}`.
    Saved {
        /// The payment method id, `pm_…`.
        id: PaymentMethodId,
        /// The brand, last four digits and expiry of the card.
        card: CardDetails,
        /// The confirmed intent; `None` when there was no client secret.
        setup: Option<IntentResult>,
    },
    /// `{isStripeCallback: true, error}`, without `card`.
    Failed(AttemptError),
    /// `{isStripeFormHeight: true, height}` in CSS pixels.
    Height(u32),
    /// `{isStripeFormReady: true}`: the card fields have loaded.
    Ready,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Wire {
    #[serde(skip_serializing_if = "is_false")]
    is_stripe_callback: bool,
    #[serde(skip_serializing_if = "is_false")]
    is_stripe_form_height: bool,
    #[serde(skip_serializing_if = "is_false")]
    is_stripe_form_ready: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<PaymentMethodId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<CardDetails>,
    #[serde(skip_serializing_if = "Option::is_none")]
    setup: Option<Option<IntentResult>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<AttemptError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde hands a reference
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Serialize for LegacyMessage {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let wire = match self.clone() {
            Self::Saved { id, card, setup } => Wire {
                is_stripe_callback: true,
                id: Some(id),
                card: Some(card),
                setup: Some(setup),
                ..Wire::default()
            },
            Self::Failed(error) => Wire {
                is_stripe_callback: true,
                error: Some(error),
                ..Wire::default()
            },
            Self::Height(height) => Wire {
                is_stripe_form_height: true,
                height: Some(height),
                ..Wire::default()
            },
            Self::Ready => Wire {
                is_stripe_form_ready: true,
                ..Wire::default()
            },
        };
        wire.serialize(to)
    }
}

impl<'de> Deserialize<'de> for LegacyMessage {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(from)?;
        match wire {
            Wire {
                is_stripe_callback: true,
                error: Some(error),
                card: None,
                ..
            } => Ok(Self::Failed(error)),
            Wire {
                is_stripe_callback: true,
                id: Some(id),
                card: Some(card),
                setup,
                error: None,
                ..
            } => Ok(Self::Saved {
                id,
                card,
                setup: setup.flatten(),
            }),
            Wire {
                is_stripe_form_height: true,
                height: Some(height),
                ..
            } => Ok(Self::Height(height)),
            Wire {
                is_stripe_form_ready: true,
                ..
            } => Ok(Self::Ready),
            _ => Err(serde::de::Error::custom("not a message of the card form")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAVED: &str = r#"{"isStripeCallback":true,"id":"pm_1QNCGJBb9dNaU75s5H5qvQXm","card":{"brand":"visa","last4":"4242","exp_month":12,"exp_year":2026,"funding":"credit","country":"US"},"setup":null}"#;

    #[test]
    fn writes_a_saved_card_in_the_form_of_the_how_to() {
        let message: LegacyMessage = serde_json::from_str(SAVED).unwrap();
        assert_eq!(serde_json::to_string(&message).unwrap(), SAVED);
        assert_eq!(
            serde_json::to_string(&LegacyMessage::Height(412)).unwrap(),
            r#"{"isStripeFormHeight":true,"height":412}"#
        );
        assert_eq!(
            serde_json::to_string(&LegacyMessage::Ready).unwrap(),
            r#"{"isStripeFormReady":true}"#
        );
    }

    #[test]
    fn every_hostile_row_has_its_outcome() {
        let rows: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../../hostile/legacy.json")).unwrap();
        assert!(rows.len() > 30);
        for row in rows {
            let read = serde_json::from_value::<LegacyMessage>(row["data"].clone());
            let outcome = if read.is_ok() {
                "ACCEPT"
            } else {
                "DROP(schema)"
            };
            assert_eq!(row["outcome"], outcome, "{}", row["name"]);
        }
    }
}
