//! The state that the sections of the booking page share, and its changes: sign-in, sign-out, expiry, notices.
//!
//! The page provides it as context. It is `Copy`, so that every handler can hold it.

use std::rc::Rc;

use card_entry_companion::token::WalletToken;
use card_entry_companion::wallet::WalletApi;
use card_entry_companion::wallet_api::mytime::MyTime;
use card_entry_protocol::dialect::mytime::Company;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Appointment, Service, SiteConfig, SiteErrorCode};
use crate::choice::Choice;
use crate::language::Locale;
use crate::messages::PageMessages;
use crate::net::site::SiteCallError;
use crate::net::{NoResponse, accounts, site, token_storage};
use crate::notice::{Notice, NoticeTone};
use crate::session::{Session, SessionToken, Visitor};
use crate::view::document::focus;

/// Focus targets after a section was replaced.
pub const ACCOUNT: &[&str] = &["#account-title"];
pub const CARD: &[&str] = &[
    "[data-wallet] [data-action=add]",
    "[data-wallet] [data-focus=heading]",
    "#card-title",
];
pub const APPOINTMENTS: &[&str] = &["#appointments-title"];
/// The e-mail field is filled in already, so the password field gets the focus.
const SIGN_IN_AGAIN: &[&str] = &["#sign-in [name=password]", "#account-title"];

#[derive(Clone, Copy)]
pub struct PageState {
    pub messages: &'static PageMessages,
    pub locale: StoredValue<Locale>,
    /// `None` until the site has responded.
    pub config: RwSignal<Option<SiteConfig>>,
    /// The company with its publishable key; `None` while it loads.
    pub company: RwSignal<Option<Result<Company, NoResponse>>>,
    /// The API adapter of the mounted wallet.
    wallet: StoredValue<Option<Rc<MyTime>>, LocalStorage>,
    pub session: RwSignal<Session>,
    /// Counts sign-ins. The wallet resumes a save that waited for one.
    pub signed_in: RwSignal<u32>,
    /// Number of cards in the wallet; `None` until it is known.
    pub cards: RwSignal<Option<usize>>,
    /// `None` while they load.
    pub services: RwSignal<Option<Result<Vec<Service>, SiteCallError>>>,
    pub choice: RwSignal<Choice>,
    /// Counts changes of the calendar. The times are loaded again after each.
    pub calendar: RwSignal<u32>,
    /// The visitor's upcoming appointments; `None` while they load.
    pub appointments: RwSignal<Option<Vec<Appointment>>>,
    pub notice: RwSignal<Notice>,
}

impl PageState {
    pub fn new(locale: Locale) -> Self {
        Self {
            messages: locale.words(),
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

    /// Sets a notice that only screen readers announce, because the page shows the change itself.
    pub fn announce(self, text: impl Into<String>) {
        self.notice.set(Notice {
            text: text.into(),
            tone: NoticeTone::Quiet,
        });
    }

    pub fn show_success(self, text: impl Into<String>) {
        self.notice.set(Notice {
            text: text.into(),
            tone: NoticeTone::Success,
        });
    }

    /// Shows an error. An expired session opens the sign-in form instead.
    pub fn show_error(self, error: &SiteCallError) {
        if error.code() == Some(SiteErrorCode::SignIn) {
            self.end_session();
            return;
        }
        self.show_warning(error.message(self.messages));
    }

    pub fn show_warning(self, text: impl Into<String>) {
        self.notice.set(Notice {
            text: text.into(),
            tone: NoticeTone::Warning,
        });
    }

    /// Changes the choice and closes the notice.
    pub fn update_choice(self, change: impl FnOnce(&mut Choice)) {
        self.choice.update(change);
        self.notice.set(Notice::default());
    }

    /// Loads the configuration, and the user of a stored token.
    pub fn load(self) {
        spawn_local(async move {
            let config = match site::config().await {
                Ok(config) => config,
                Err(error) => {
                    self.session.set(Session::Out);
                    self.show_error(&error);
                    return;
                }
            };
            self.config.set(Some(config.clone()));
            self.load_company();
            let Some(token) = token_storage::load() else {
                self.session.set(Session::Out);
                return;
            };
            match accounts::current_user(&config, &token).await {
                Ok(visitor) => self.start_session(visitor, token),
                Err(_) => {
                    token_storage::clear();
                    self.session.set(Session::Out);
                }
            }
        });
    }

    /// Starts a visitor's session, for the first time or again.
    pub fn start_session(self, visitor: Visitor, token: SessionToken) {
        let same_visitor = self.session.with_untracked(|session| {
            session
                .visitor()
                .is_some_and(|current| current.id == visitor.id)
        });
        token_storage::save(&token);
        self.session.set(Session::In(visitor, token));
        if same_visitor {
            self.wallet
                .with_value(|wallet| wallet.iter().for_each(|api| self.set_token(api)));
        } else {
            // The mounted wallet is another visitor's and must not get this token.
            self.wallet.set_value(None);
            self.cards.set(None);
            self.appointments.set(None);
        }
        self.signed_in
            .update(|count| *count = count.wrapping_add(1));
        self.load_appointments();
    }

    /// Gives the token to a newly mounted wallet, now and after the visitor signs in again.
    pub fn connect_wallet(self, api: &Rc<MyTime>) {
        self.set_token(api);
        self.wallet.set_value(Some(Rc::clone(api)));
    }

    fn set_token(self, api: &MyTime) {
        let token = self
            .session
            .with_untracked(|session| session.token().cloned());
        api.set_token(token.and_then(|token| WalletToken::parse(token.reveal())));
    }

    pub fn load_company(self) {
        self.company.set(None);
        let Some(config) = self.config.get_untracked() else {
            return;
        };
        spawn_local(async move { self.company.set(Some(accounts::company(&config).await)) });
    }

    /// Called when the wallet or the site refuses the token. The page stays and the sign-in form appears.
    pub fn end_session(self) {
        token_storage::clear();
        self.session
            .update(|session| *session = session.clone().expired());
        self.notice.set(Notice::default());
        focus(SIGN_IN_AGAIN);
    }

    /// Drops the session at once, then ends it at the server.
    pub fn sign_out(self) {
        let token = self
            .session
            .with_untracked(|session| session.token().cloned());
        token_storage::clear();
        self.session.set(Session::Out);
        self.wallet.set_value(None);
        self.cards.set(None);
        self.appointments.set(None);
        self.announce(self.messages.signed_out);
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

    pub fn load_services(self) {
        self.services.set(None);
        spawn_local(async move { self.services.set(Some(site::services().await)) });
    }

    /// Called when the calendar may have changed.
    pub fn reload_times(self) {
        self.calendar.update(|count| *count = count.wrapping_add(1));
    }

    pub fn load_appointments(self) {
        let Some(token) = self
            .session
            .with_untracked(|session| session.token().cloned())
        else {
            return;
        };
        spawn_local(async move {
            match site::appointments(&token).await {
                Ok(list) => self.appointments.set(Some(list)),
                Err(error) => self.show_error(&error),
            }
        });
    }
}
