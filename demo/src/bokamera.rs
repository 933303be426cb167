//! The treatments of Salong Vågen and a visitor's booking, paid through BokaMera.
//!
//! The page shows these prices; the wallet server charges those of `demo/wallet-server.toml`. A test keeps the two equal.

use serde::{Deserialize, Serialize};

/// The company's GUID at the wallet server.
pub const COMPANY: &str = "b0cab0ca-5a10-4e5a-8a5a-5a1064a6e401";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Treatment {
    pub id: u32,
    /// `ArticleTypeId`.
    pub type_id: u32,
    pub name: &'static str,
    pub about: &'static str,
    /// Price in whole kronor.
    pub kronor: u32,
}

pub const TREATMENTS: [Treatment; 4] = [
    Treatment {
        id: 101,
        type_id: 1,
        name: "Haircut",
        about: "Wash, cut and finish, 45 minutes.",
        kronor: 495,
    },
    Treatment {
        id: 102,
        type_id: 1,
        name: "Colour",
        about: "One colour from root to tip, 90 minutes.",
        kronor: 1150,
    },
    Treatment {
        id: 103,
        type_id: 1,
        name: "Beard trim",
        about: "Shaped and oiled, 20 minutes.",
        kronor: 250,
    },
    Treatment {
        id: 201,
        type_id: 2,
        name: "Gift card",
        about: "For whoever deserves it, good for two years.",
        kronor: 500,
    },
];

/// `GET /api/bokamera`: the addresses of Stripe's script and payment pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addresses {
    pub script: String,
    /// Origins.
    pub pages: Vec<String>,
}

/// The chosen treatments and the reference of their payment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Booking {
    pub reference: String,
    chosen: Vec<u32>,
}

impl Booking {
    /// An empty booking. `reference` must be random: whoever knows it can expire its payments.
    #[must_use]
    pub fn new(reference: String) -> Self {
        Self {
            reference,
            chosen: vec![],
        }
    }

    /// Adds a treatment, or removes it.
    pub fn toggle(&mut self, id: u32) {
        if let Some(index) = self.chosen.iter().position(|chosen| *chosen == id) {
            self.chosen.remove(index);
        } else {
            self.chosen.push(id);
        }
    }

    #[must_use]
    pub fn has(&self, id: u32) -> bool {
        self.chosen.contains(&id)
    }

    /// The chosen treatments, in the order of [`TREATMENTS`].
    #[must_use]
    pub fn treatments(&self) -> Vec<Treatment> {
        let mut all = TREATMENTS.to_vec();
        all.retain(|treatment| self.has(treatment.id));
        all
    }

    /// Total in whole kronor.
    #[must_use]
    pub fn kronor(&self) -> u32 {
        let prices = self.treatments().into_iter();
        prices.map(|treatment| treatment.kronor).sum()
    }

    /// A text for the session storage, where the booking stays while the visitor is on the payment page.
    #[must_use]
    pub fn serialize(&self) -> String {
        let ids: Vec<String> = self.chosen.iter().map(u32::to_string).collect();
        format!("{} {}", self.reference, ids.join(","))
    }

    /// Parses that text, without treatments that are no longer offered.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (reference, ids) = text.split_once(' ')?;
        let offered = |id: &u32| TREATMENTS.iter().any(|treatment| treatment.id == *id);
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        let valid = (1..=64).contains(&reference.len()) && reference.bytes().all(plain);
        valid.then(|| Self {
            reference: reference.to_owned(),
            chosen: ids
                .split(',')
                .filter_map(|id| id.parse().ok())
                .filter(offered)
                .collect(),
        })
    }
}

/// A price such as `495 kr`.
#[must_use]
pub fn price(kronor: u32) -> String {
    format!("{kronor} kr")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wallet_server_has_the_same_prices() {
        let template = include_str!("../wallet-server.toml");
        assert!(template.contains(COMPANY));
        for treatment in TREATMENTS {
            let line = format!(
                "{{ id = {}, type_id = {}, name = \"{}\", price = {} }}",
                treatment.id,
                treatment.type_id,
                treatment.name,
                treatment.kronor * 100
            );
            assert!(template.contains(&line), "{line}");
        }
        let offered = template.matches("type_id = ").count();
        assert_eq!(offered, TREATMENTS.len());
    }

    #[test]
    fn a_booking_survives_serialization() {
        let mut booking = Booking::new("a-1".to_owned());
        for id in [102, 101, 201, 101] {
            booking.toggle(id);
        }
        assert_eq!(booking.kronor(), 1650);
        let names: Vec<_> = booking.treatments().iter().map(|t| t.name).collect();
        assert_eq!(names, ["Colour", "Gift card"]);
        assert_eq!(Booking::parse(&booking.serialize()), Some(booking));
        for text in ["", "a", "a b\n 1", " 101", &format!("{} 1", "a".repeat(65))] {
            assert_eq!(
                Booking::parse(text)
                    .map(|b| b.chosen.len())
                    .filter(|n| *n > 0),
                None,
                "{text}"
            );
        }
        assert_eq!(Booking::parse("a 7,101,x").unwrap().kronor(), 495);
    }
}
