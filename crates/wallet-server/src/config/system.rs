//! The wallet systems this server speaks, and an account's settings for its own.
//!
//! What differs between systems beyond their wire stands here: how many cards a wallet holds and what a card is called.
//! Routes and wallet ask; neither decides by the system's name.

use card_entry_protocol::money::Currency;

use super::bokamera::BokaMera;
use super::mikrocloud::MikroCloud;
use super::mytime::MyTime;
use super::quilt::Quilt;
use super::ticket_evolution::TicketEvolution;
use super::{ConfigError, Limits, wrong};
use crate::settings::AccountSettings;
use crate::store::cards::CardId;

/// A wallet system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// MyTime's marketplace API.
    MyTime,
    /// MikroCloud's account API.
    MikroCloud,
    /// Quilt's payment API.
    Quilt,
    /// Ticket Evolution's clients and their cards.
    TicketEvolution,
    /// BokaMera's Stripe checkout.
    BokaMera,
}

/// How many cards a wallet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capacity {
    /// One: saving replaces it.
    One,
    /// Many: saving adds one; one of them is the default.
    Many,
}

impl Kind {
    /// Every system.
    pub const ALL: [Self; 5] = [
        Self::MyTime,
        Self::MikroCloud,
        Self::Quilt,
        Self::TicketEvolution,
        Self::BokaMera,
    ];

    /// The word in the configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MyTime => "mytime",
            Self::MikroCloud => "mikrocloud",
            Self::Quilt => "quilt",
            Self::TicketEvolution => "ticket_evolution",
            Self::BokaMera => "bokamera",
        }
    }

    /// How many cards a wallet holds.
    #[must_use]
    pub fn capacity(self) -> Capacity {
        match self {
            // BokaMera's payments leave no card here: nobody asks.
            Self::MyTime | Self::BokaMera => Capacity::One,
            Self::MikroCloud | Self::Quilt | Self::TicketEvolution => Capacity::Many,
        }
    }

    /// Whether its cards are kept at Braintree rather than at Stripe.
    #[must_use]
    pub fn keeps_at_braintree(self) -> bool {
        self == Self::TicketEvolution
    }

    /// Whether a wallet of so many cards takes no more.
    #[must_use]
    pub fn is_full(self, cards: usize, limits: &Limits) -> bool {
        self.capacity() == Capacity::Many && cards >= limits.cards_per_wallet as usize
    }

    /// What the system calls a card, opaque to everyone else.
    #[must_use]
    pub fn card_id(self, row: CardId, customer_id: &str, payment_method: &str) -> String {
        match self {
            Self::MyTime => format!("{customer_id}|{payment_method}"),
            Self::MikroCloud | Self::Quilt | Self::BokaMera => payment_method.to_owned(),
            Self::TicketEvolution => row.0.to_string(),
        }
    }
}

/// An account's system, with what only that one needs.
#[derive(Debug, Clone)]
pub enum System {
    /// MyTime's marketplace API.
    MyTime(MyTime),
    /// MikroCloud's account API.
    MikroCloud(MikroCloud),
    /// Quilt's payment API.
    Quilt(Quilt),
    /// Ticket Evolution's clients and their cards.
    TicketEvolution(TicketEvolution),
    /// BokaMera's Stripe checkout.
    BokaMera(BokaMera),
}

impl System {
    /// Which one.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::MyTime(_) => Kind::MyTime,
            Self::MikroCloud(_) => Kind::MikroCloud,
            Self::Quilt(_) => Kind::Quilt,
            Self::TicketEvolution(_) => Kind::TicketEvolution,
            Self::BokaMera(_) => Kind::BokaMera,
        }
    }

    /// Checks the account's choice and the section it belongs to; its prices are in the account's currency.
    pub(super) fn check(
        at: usize,
        given: &mut AccountSettings,
        currency: &Currency,
    ) -> Result<Self, ConfigError> {
        let word = given.system.as_deref().unwrap_or(Kind::MyTime.as_str());
        let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.as_str() == word) else {
            let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
            return Err(wrong(
                format!("accounts[{at}].system"),
                format!(
                    "is none this server speaks; use one of: {}",
                    known.join(", ")
                ),
            ));
        };
        let sections = [
            (Kind::MyTime, given.mytime.is_some()),
            (Kind::MikroCloud, given.mikrocloud.is_some()),
            (Kind::Quilt, given.quilt.is_some()),
            (Kind::TicketEvolution, given.ticket_evolution.is_some()),
            (Kind::BokaMera, given.bokamera.is_some()),
        ];
        if let Some((other, _)) = sections.iter().find(|(of, is)| *is && *of != kind) {
            return Err(wrong(
                format!("accounts[{at}].{}", other.as_str()),
                format!("the account's system is {word}; leave this section out"),
            ));
        }
        match kind {
            Kind::MyTime => Ok(Self::MyTime(MyTime::check(given.mytime.take()))),
            Kind::MikroCloud => {
                let section = MikroCloud::check(at, given.mikrocloud.take())?;
                Ok(Self::MikroCloud(section))
            }
            Kind::Quilt => Ok(Self::Quilt(Quilt::check(at, given.quilt.take())?)),
            Kind::TicketEvolution => {
                let section = TicketEvolution::check(at, given.ticket_evolution.take())?;
                Ok(Self::TicketEvolution(section))
            }
            Kind::BokaMera => {
                let section = BokaMera::check(at, given.bokamera.take(), currency)?;
                Ok(Self::BokaMera(section))
            }
        }
    }

    /// Whether who calls for one account could be taken for the other's.
    pub(super) fn is_mistaken_for(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::MikroCloud(one), Self::MikroCloud(two)) => one.is_mistaken_for(two),
            (Self::Quilt(one), Self::Quilt(two)) => one.is_mistaken_for(two),
            (Self::TicketEvolution(one), Self::TicketEvolution(two)) => one.token == two.token,
            (Self::BokaMera(one), Self::BokaMera(two)) => one.is_mistaken_for(two),
            _ => false,
        }
    }
}
