//! The wallet systems that this server implements, and an account's configuration of its system.
//!
//! Differences between systems other than their wire formats stand here: the capacity of a wallet and the id of a card.
//! Routes and wallet call these methods; they must never compare the system's name themselves.

use card_entry_protocol::money::Currency;

use super::AccountSettings;
use super::bokamera::BokaMeraConfig;
use super::error::invalid;
use super::mikrocloud::MikroCloudConfig;
use super::mytime::MyTimeConfig;
use super::quilt::QuiltConfig;
use super::ticket_evolution::TicketEvolutionConfig;
use super::{ConfigError, RateLimits};
use wallet_store::audit_events::Actor;
use wallet_store::cards::CardRowId;

/// A wallet system: one vendor's wallet API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WalletSystem {
    /// MyTime's marketplace API, `/api/mkp/v1`.
    MyTime,
    /// MikroCloud's account API, `/v1/account`.
    MikroCloud,
    /// Quilt's payment API, `/v1`.
    Quilt,
    /// Ticket Evolution's clients and their cards, `/v9`.
    TicketEvolution,
    /// BokaMera's checkout API, `/payment/stripe/v1`.
    BokaMera,
}

/// The number of cards that a wallet can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capacity {
    /// One card: a save replaces it.
    One,
    /// Several cards: a save adds one. One of them is the default.
    Many,
}

impl WalletSystem {
    /// All wallet systems, in the order of the documentation.
    pub const ALL: [Self; 5] = [
        Self::MyTime,
        Self::MikroCloud,
        Self::Quilt,
        Self::TicketEvolution,
        Self::BokaMera,
    ];

    /// The name in the configuration.
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

    /// The number of cards that a wallet of this system can have.
    #[must_use]
    pub fn capacity(self) -> Capacity {
        match self {
            // BokaMera's payments store no card, so its capacity is never used.
            Self::MyTime | Self::BokaMera => Capacity::One,
            Self::MikroCloud | Self::Quilt | Self::TicketEvolution => Capacity::Many,
        }
    }

    /// Who sends the requests of this system: the person's browser, or the server of the booking site.
    #[must_use]
    pub fn actor(self) -> Actor {
        match self {
            Self::MyTime | Self::MikroCloud => Actor::Person,
            Self::Quilt | Self::TicketEvolution | Self::BokaMera => Actor::SiteServer,
        }
    }

    /// Whether Braintree, and not Stripe, stores its cards.
    #[must_use]
    pub fn stores_cards_at_braintree(self) -> bool {
        self == Self::TicketEvolution
    }

    /// Whether a wallet with this number of cards accepts no further one.
    #[must_use]
    pub fn is_full(self, cards: usize, limits: &RateLimits) -> bool {
        self.capacity() == Capacity::Many && cards >= limits.cards_per_wallet as usize
    }

    /// The id of a card on the system's wire. Other code must treat it as opaque.
    #[must_use]
    pub fn card_id(self, row: CardRowId, customer_id: &str, payment_method: &str) -> String {
        match self {
            Self::MyTime => format!("{customer_id}|{payment_method}"),
            Self::MikroCloud | Self::Quilt | Self::BokaMera => payment_method.to_owned(),
            Self::TicketEvolution => row.0.to_string(),
        }
    }
}

/// The wallet system of an account, with its checked section.
#[derive(Debug, Clone)]
pub enum SystemConfig {
    /// MyTime's marketplace API, `/api/mkp/v1`.
    MyTime(MyTimeConfig),
    /// MikroCloud's account API, `/v1/account`.
    MikroCloud(MikroCloudConfig),
    /// Quilt's payment API, `/v1`.
    Quilt(QuiltConfig),
    /// Ticket Evolution's clients and their cards, `/v9`.
    TicketEvolution(TicketEvolutionConfig),
    /// BokaMera's checkout API, `/payment/stripe/v1`.
    BokaMera(BokaMeraConfig),
}

impl SystemConfig {
    /// The wallet system without its settings.
    #[must_use]
    pub fn kind(&self) -> WalletSystem {
        match self {
            Self::MyTime(_) => WalletSystem::MyTime,
            Self::MikroCloud(_) => WalletSystem::MikroCloud,
            Self::Quilt(_) => WalletSystem::Quilt,
            Self::TicketEvolution(_) => WalletSystem::TicketEvolution,
            Self::BokaMera(_) => WalletSystem::BokaMera,
        }
    }

    /// Checks the account's `system` and the section of it. Prices are in the account's `currency`.
    pub(super) fn check(
        at: usize,
        given: &mut AccountSettings,
        currency: &Currency,
    ) -> Result<Self, ConfigError> {
        let word = given
            .system
            .as_deref()
            .unwrap_or(WalletSystem::MyTime.as_str());
        let Some(kind) = WalletSystem::ALL
            .into_iter()
            .find(|kind| kind.as_str() == word)
        else {
            let known: Vec<&str> = WalletSystem::ALL.iter().map(|kind| kind.as_str()).collect();
            return Err(invalid(
                format!("accounts[{at}].system"),
                format!(
                    "is none this server speaks; use one of: {}",
                    known.join(", ")
                ),
            ));
        };
        let sections = [
            (WalletSystem::MyTime, given.mytime.is_some()),
            (WalletSystem::MikroCloud, given.mikrocloud.is_some()),
            (WalletSystem::Quilt, given.quilt.is_some()),
            (
                WalletSystem::TicketEvolution,
                given.ticket_evolution.is_some(),
            ),
            (WalletSystem::BokaMera, given.bokamera.is_some()),
        ];
        if let Some((other, _)) = sections.iter().find(|(of, is)| *is && *of != kind) {
            return Err(invalid(
                format!("accounts[{at}].{}", other.as_str()),
                format!("the account's system is {word}; leave this section out"),
            ));
        }
        match kind {
            WalletSystem::MyTime => {
                let section = MyTimeConfig::check(at, given.mytime.take())?;
                Ok(Self::MyTime(section))
            }
            WalletSystem::MikroCloud => {
                let section = MikroCloudConfig::check(at, given.mikrocloud.take())?;
                Ok(Self::MikroCloud(section))
            }
            WalletSystem::Quilt => Ok(Self::Quilt(QuiltConfig::check(at, given.quilt.take())?)),
            WalletSystem::TicketEvolution => {
                let section = TicketEvolutionConfig::check(at, given.ticket_evolution.take())?;
                Ok(Self::TicketEvolution(section))
            }
            WalletSystem::BokaMera => {
                let section = BokaMeraConfig::check(at, given.bokamera.take(), currency)?;
                Ok(Self::BokaMera(section))
            }
        }
    }

    /// Whether a request could be meant for either of two accounts.
    pub(super) fn is_ambiguous_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::MikroCloud(one), Self::MikroCloud(two)) => one.is_ambiguous_with(two),
            (Self::Quilt(one), Self::Quilt(two)) => one.is_ambiguous_with(two),
            (Self::TicketEvolution(one), Self::TicketEvolution(two)) => one.token == two.token,
            (Self::BokaMera(one), Self::BokaMera(two)) => one.is_ambiguous_with(two),
            _ => false,
        }
    }
}
