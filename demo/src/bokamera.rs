//! Salong Vågen's bookings, paid through BokaMera: what is offered, what was chosen, and its name.
//!
//! Prices are shown from here and asked by the wallet server from its own list, `demo/wallet-server.toml`; a test
//! keeps the two alike.

use serde::{Deserialize, Serialize};

/// The company's GUID at the wallet server.
pub const COMPANY: &str = "b0cab0ca-5a10-4e5a-8a5a-5a1064a6e401";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Treatment {
    pub id: u32,
    /// The number of its kind.
    pub type_id: u32,
    pub name: &'static str,
    /// What is done, in one line.
    pub about: &'static str,
    /// Its price in whole kronor.
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

/// `GET /api/bokamera`: where Stripe's script and pages are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addresses {
    pub script: String,
    /// The origins of the payment pages.
    pub pages: Vec<String>,
}

/// What a visitor has chosen, under the name it is paid by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Booking {
    pub reference: String,
    chosen: Vec<u32>,
}

impl Booking {
    /// An empty one. The name must be random: whoever knows it can end its payments.
    #[must_use]
    pub fn new(reference: String) -> Self {
        Self {
            reference,
            chosen: vec![],
        }
    }

    /// Chooses a treatment, or lets go of it.
    pub fn toggle(&mut self, id: u32) {
        if let Some(place) = self.chosen.iter().position(|chosen| *chosen == id) {
            self.chosen.remove(place);
        } else {
            self.chosen.push(id);
        }
    }

    #[must_use]
    pub fn has(&self, id: u32) -> bool {
        self.chosen.contains(&id)
    }

    /// What is chosen, in the salon's order.
    #[must_use]
    pub fn treatments(&self) -> Vec<Treatment> {
        let mut all = TREATMENTS.to_vec();
        all.retain(|treatment| self.has(treatment.id));
        all
    }

    /// What it costs, in whole kronor.
    #[must_use]
    pub fn kronor(&self) -> u32 {
        let prices = self.treatments().into_iter();
        prices.map(|treatment| treatment.kronor).sum()
    }

    /// As a text, to be kept across the way to the payment page and back.
    #[must_use]
    pub fn write(&self) -> String {
        let ids: Vec<String> = self.chosen.iter().map(u32::to_string).collect();
        format!("{} {}", self.reference, ids.join(","))
    }

    /// Reads that text; what is no longer offered is left out.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (reference, ids) = text.split_once(' ')?;
        let offered = |id: &u32| TREATMENTS.iter().any(|treatment| treatment.id == *id);
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        let fits = (1..=64).contains(&reference.len()) && reference.bytes().all(plain);
        fits.then(|| Self {
            reference: reference.to_owned(),
            chosen: ids
                .split(',')
                .filter_map(|id| id.parse().ok())
                .filter(offered)
                .collect(),
        })
    }
}

/// A sum as the salon writes it.
#[must_use]
pub fn price(kronor: u32) -> String {
    format!("{kronor} kr")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wallet_server_asks_the_prices_that_are_shown() {
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
    fn a_booking_comes_back_as_it_went() {
        let mut booking = Booking::new("a-1".to_owned());
        for id in [102, 101, 201, 101] {
            booking.toggle(id);
        }
        assert_eq!(booking.kronor(), 1650);
        let names: Vec<_> = booking.treatments().iter().map(|t| t.name).collect();
        assert_eq!(names, ["Colour", "Gift card"]);
        assert_eq!(Booking::read(&booking.write()), Some(booking));
        for text in ["", "a", "a b\n 1", " 101", &format!("{} 1", "a".repeat(65))] {
            assert_eq!(
                Booking::read(text)
                    .map(|b| b.chosen.len())
                    .filter(|n| *n > 0),
                None,
                "{text}"
            );
        }
        assert_eq!(Booking::read("a 7,101,x").unwrap().kronor(), 495);
    }
}
