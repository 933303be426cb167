//! What the sections share, and what may happen to it: signing in and out, a session that ends, a notice.
//!
//! Provided by the page as context. `Copy`, so that every handler can hold it.

use std::rc::Rc;

use card_entry_companion::token::Token as WalletToken;
use card_entry_companion::wallet::WalletApi;
use card_entry_companion::wallet_api::mytime::MyTime;
use card_entry_protocol::dialect::mytime::Company;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Appointment, RefusalCode, Service, SiteConfig};
use crate::choice::Choice;
use crate::language::Locale;
use crate::net::site::SiteError;
use crate::net::{NoAnswer, accounts, memory, site};
use crate::notice::{Notice, Tone};
use crate::session::{Session, Token, Visitor};
use crate::view::document::focus;
use crate::words::Words;

/// Where the focus goes when a section has changed under it.
pub const ACCOUNT: &[&str] = &["#account-title"];
pub const CARD: &[&str] = &[
    "[data-wallet] [data-action=add]",
    "[data-wallet] [data-focus=heading]",
    "#card-title",
];
pub const APPOINTMENTS: &[&str] = &["#appointments-title"];
/// Where a visitor signs in again: their address is filled in already.
const SIGN_IN_AGAIN: &[&str] = &["#sign-in [name=password]", "#account-title"];

#[derive(Clone, Copy)]
pub struct Desk {
    pub words: &'static Words,
    pub locale: StoredValue<Locale>,
    /// Where the wallet is, once the site has said.
    pub config: RwSignal<Option<SiteConfig>>,
    /// The company with its publishable key, or why that is not known.
    pub company: RwSignal<Option<Result<Company, NoAnswer>>>,
    /// The mounted wallet's way to its server.
    wallet: StoredValue<Option<Rc<MyTime>>, LocalStorage>,
    pub session: RwSignal<Session>,
    /// Counts sign-ins: a save that waited for one goes on.
    pub signed_in: RwSignal<u32>,
    /// How many cards the wallet holds, once it is known.
    pub cards: RwSignal<Option<usize>>,
    /// What the studio offers, or why that is not known.
    pub services: RwSignal<Option<Result<Vec<Service>, SiteError>>>,
    /// The visit being put together.
    pub choice: RwSignal<Choice>,
    /// Counts changes of the calendar: times are read again.
    pub calendar: RwSignal<u32>,
    /// The visitor's visits ahead, once they are known.
    pub appointments: RwSignal<Option<Vec<Appointment>>>,
    /// The sentence of the moment.
    pub notice: RwSignal<Notice>,
}

impl Desk {
    /// An empty desk that tries the token of before a reload.
    pub fn new(locale: Locale) -> Self {
        Self {
            words: locale.words(),
            locale: StoredValue::new(locale),
            config: RwSignal::new(None),
            company: RwSignal::new(None),
            wallet: StoredValue::new_local(None),
            session: RwSignal::new(Session::Restoring),
            signed_in: RwSignal::new(0),
            cards: RwSignal::new(None),
            services: RwSignal::new(None),
            choice: RwSignal::new(Choice::default()),
            calendar: RwSignal::new(0),
            appointments: RwSignal::new(None),
            notice: RwSignal::new(Notice::default()),
        }
    }

    /// Says what the page shows by itself.
    pub fn announce(self, text: impl Into<String>) {
        self.notice.set(Notice {
            text: text.into(),
            tone: Tone::Quiet,
        });
    }

    /// Says that something is done.
    pub fn say(self, text: impl Into<String>) {
        self.notice.set(Notice {
            text: text.into(),
            tone: Tone::Good,
        });
    }

    /// Says what could not be done; a session that has ended asks for a new one.
    pub fn trouble(self, error: &SiteError) {
        if error.code() == Some(RefusalCode::SignIn) {
            self.session_ended();
            return;
        }
        self.warn(error.sentence(self.words));
    }

    /// Says what is missing or could not be done.
    pub fn warn(self, text: impl Into<String>) {
        self.notice.set(Notice {
            text: text.into(),
            tone: Tone::Trouble,
        });
    }

    /// Picks something of the visit; what was said before it is over.
    pub fn pick(self, change: impl FnOnce(&mut Choice)) {
        self.choice.update(change);
        self.notice.set(Notice::default());
    }

    /// Reads where the wallet is, and who the token of before the reload belongs to.
    pub fn open(self) {
        spawn_local(async move {
            let config = match site::config().await {
                Ok(config) => config,
                Err(error) => {
                    self.session.set(Session::Out);
                    self.trouble(&error);
                    return;
                }
            };
            self.config.set(Some(config.clone()));
            self.read_company();
            let Some(token) = memory::recall() else {
                self.session.set(Session::Out);
                return;
            };
            match accounts::who(&config, &token).await {
                Ok(visitor) => self.admit(visitor, token),
                Err(_) => {
                    memory::forget();
                    self.session.set(Session::Out);
                }
            }
        });
    }

    /// A visitor has signed in, for the first time or again.
    pub fn admit(self, visitor: Visitor, token: Token) {
        let same = self
            .session
            .with_untracked(|was| was.visitor().is_some_and(|was| was.id == visitor.id));
        memory::keep(&token);
        self.session.set(Session::In(visitor, token));
        if same {
            self.wallet
                .with_value(|wallet| wallet.iter().for_each(|api| self.set_token(api)));
        } else {
            // The mounted wallet is another visitor's: it goes without ever seeing this token.
            self.wallet.set_value(None);
            self.cards.set(None);
            self.appointments.set(None);
        }
        self.signed_in
            .update(|count| *count = count.wrapping_add(1));
        self.read_appointments();
    }

    /// A wallet has been mounted: it speaks for whoever is signed in, now and after signing in again.
    pub fn hand_token_to(self, api: &Rc<MyTime>) {
        self.set_token(api);
        self.wallet.set_value(Some(Rc::clone(api)));
    }

    fn set_token(self, api: &MyTime) {
        let token = self
            .session
            .with_untracked(|session| session.token().cloned());
        api.set_token(token.and_then(|token| WalletToken::parse(token.reveal())));
    }

    pub fn read_company(self) {
        self.company.set(None);
        let Some(config) = self.config.get_untracked() else {
            return;
        };
        spawn_local(async move { self.company.set(Some(accounts::company(&config).await)) });
    }

    /// The wallet or the site no longer takes the token: what is on the page stays, and sign-in appears.
    pub fn session_ended(self) {
        memory::forget();
        self.session
            .update(|session| *session = session.clone().ended());
        self.notice.set(Notice::default());
        focus(SIGN_IN_AGAIN);
    }

    /// Signs out: the page forgets at once, the server is told.
    pub fn sign_out(self) {
        let token = self
            .session
            .with_untracked(|session| session.token().cloned());
        memory::forget();
        self.session.set(Session::Out);
        self.wallet.set_value(None);
        self.cards.set(None);
        self.appointments.set(None);
        self.announce(self.words.signed_out);
        focus(ACCOUNT);
        let config = self.config.get_untracked();
        if let (Some(token), Some(config)) = (token, config) {
            spawn_local(async move { accounts::sign_out(&config, &token).await });
        }
    }

    pub fn chosen_service(self) -> Option<Service> {
        let id = self.choice.with(|choice| choice.service.clone())?;
        self.services.with(|services| {
            let list = services.as_ref()?.as_ref().ok()?;
            list.iter().find(|service| service.id == id).cloned()
        })
    }

    /// Reads what the studio offers.
    pub fn read_services(self) {
        self.services.set(None);
        spawn_local(async move { self.services.set(Some(site::services().await)) });
    }

    /// The calendar has changed, or may have.
    pub fn read_calendar(self) {
        self.calendar.update(|count| *count = count.wrapping_add(1));
    }

    pub fn read_appointments(self) {
        let Some(token) = self
            .session
            .with_untracked(|session| session.token().cloned())
        else {
            return;
        };
        spawn_local(async move {
            match site::appointments(&token).await {
                Ok(list) => self.appointments.set(Some(list)),
                Err(error) => self.trouble(&error),
            }
        });
    }
}
