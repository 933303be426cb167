//! A checkout, from the wish to pay to its end: every step of it and what each one asks for, without a browser.
//!
//! Driven by the Leptos `Checkout`. It must never send the person to an address that is not the payment page's own, and
//! never call a payment complete that the server did not.

#[cfg(all(target_arch = "wasm32", feature = "bokamera"))]
pub mod form;
pub mod settings;
mod step;
pub mod words;

use card_entry_protocol::dialect::bokamera::{
    Checkout, CheckoutStatus, CheckoutTarget, SessionId, StatusRequest, StatusResponse, WebAddress,
};
use card_entry_protocol::origin::Origin;

pub use step::{Act, Button, Form, Outside, Stage, Start, Stop};

/// Reads of the status after the form said it was paid, one second apart: the server can be behind.
const LOOKS: u32 = 5;
/// The time between two of them, milliseconds.
const LOOK_EVERY: u32 = 1_000;

/// A checkout on screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    start: Start,
    pages: Vec<Origin>,
    stage: Stage,
    session: Option<SessionId>,
    form: Option<Form>,
    looks: u32,
}

impl Desk {
    /// One that has not begun. `pages` are the origins of the gateway's payment pages.
    #[must_use]
    pub fn new(start: Start, pages: Vec<Origin>) -> Self {
        Self {
            stage: match start {
                Start::Pay(_) => Stage::Preparing,
                Start::Back(_) => Stage::Checking,
            },
            start,
            pages,
            session: None,
            form: None,
            looks: 0,
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// Whether the form's place is on screen.
    #[must_use]
    pub fn shows_form(&self) -> bool {
        matches!(self.stage, Stage::Loading | Stage::Paying)
    }

    /// What a person can press, the likeliest first.
    #[must_use]
    pub fn buttons(&self) -> &'static [Button] {
        match &self.stage {
            Stage::Told(answer) => match answer.status {
                CheckoutStatus::Open => &[Button::Again, Button::Look],
                CheckoutStatus::Expired => &[Button::Again],
                CheckoutStatus::Complete => &[],
                CheckoutStatus::Other(_) => &[Button::Look],
            },
            Stage::Stopped(Stop::Missing) => &[Button::Again],
            Stage::Stopped(Stop::Unsafe) => &[],
            Stage::Stopped(_) => &[Button::Retry],
            _ => &[],
        }
    }

    /// Makes a move. What comes too late for where it stands changes nothing.
    pub fn act(&mut self, act: Act) -> Option<Outside> {
        match (act, &self.stage) {
            (Act::Begin, _) => self.begin(),
            (Act::Opened(Ok(checkout)), Stage::Preparing) => self.open(checkout),
            (Act::Form(true), Stage::Loading) => self.enter(Stage::Paying, None),
            (Act::Form(false), Stage::Loading | Stage::Paying) => self.stop(Stop::NoForm),
            (Act::Paid, Stage::Loading | Stage::Paying) => {
                self.looks = LOOKS;
                self.ask(0)
            }
            (Act::CameBack, Stage::Leaving) => self.ask(0),
            (Act::Told(Ok(answer)), Stage::Checking) => self.hear(answer),
            (Act::Opened(Err(error)), Stage::Preparing)
            | (Act::Told(Err(error)), Stage::Checking) => self.stop(error.into()),
            (Act::Press(button), _) if self.buttons().contains(&button) => self.press(button),
            _ => None,
        }
    }

    fn enter(&mut self, stage: Stage, outside: Option<Outside>) -> Option<Outside> {
        self.stage = stage;
        outside
    }

    fn stop(&mut self, stop: Stop) -> Option<Outside> {
        self.enter(Stage::Stopped(stop), None)
    }

    fn begin(&mut self) -> Option<Outside> {
        match &self.start {
            Start::Pay(order) => {
                let order = order.clone();
                self.session = None;
                self.form = None;
                self.enter(Stage::Preparing, Some(Outside::Open(order)))
            }
            Start::Back(_) => self.ask(0),
        }
    }

    fn open(&mut self, checkout: Checkout) -> Option<Outside> {
        self.session = Some(checkout.session);
        match (checkout.target, checkout.key) {
            (CheckoutTarget::Hosted(page), _) if self.may_go(&page) => {
                self.enter(Stage::Leaving, Some(Outside::Go(page)))
            }
            (CheckoutTarget::Hosted(_), _) => self.stop(Stop::Unsafe),
            (CheckoutTarget::Embedded(secret), Some(key)) => {
                let stays =
                    matches!(&self.start, Start::Pay(order) if order.confirmation.is_none());
                let account = checkout.account;
                self.form = Some(Form {
                    secret,
                    key,
                    account,
                    stays,
                });
                self.mount()
            }
            (CheckoutTarget::Embedded(_), None) => self.stop(Stop::Refused(None)),
        }
    }

    fn mount(&mut self) -> Option<Outside> {
        let form = self.form.clone();
        self.enter(Stage::Loading, form.map(Outside::Mount))
    }

    /// Only to a payment page, and only encrypted; in development to this machine.
    fn may_go(&self, page: &WebAddress) -> bool {
        let Some(origin) = page.origin() else {
            return false;
        };
        let host = origin.host();
        let own = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        self.pages.contains(&origin) && (own || origin.as_str().starts_with("https://"))
    }

    fn ask(&mut self, after: u32) -> Option<Outside> {
        let order = match (&self.start, &self.session) {
            (Start::Back(order), _) => order.clone(),
            (Start::Pay(order), Some(session)) => StatusRequest {
                company: order.company,
                session: session.clone(),
            },
            (Start::Pay(_), None) => return None,
        };
        self.enter(Stage::Checking, Some(Outside::Ask(order, after)))
    }

    fn hear(&mut self, answer: StatusResponse) -> Option<Outside> {
        if answer.status == CheckoutStatus::Open && self.looks > 0 {
            self.looks -= 1;
            return self.ask(LOOK_EVERY);
        }
        self.looks = 0;
        self.enter(Stage::Told(answer), None)
    }

    fn press(&mut self, button: Button) -> Option<Outside> {
        match (button, &self.start) {
            (Button::Again, Start::Back(_)) => Some(Outside::Again),
            (Button::Again, Start::Pay(_)) => self.begin(),
            (Button::Look, _) => self.ask(0),
            (Button::Retry, _) if self.stage == Stage::Stopped(Stop::NoForm) => self.mount(),
            (Button::Retry, _) if self.session.is_some() => self.ask(0),
            (Button::Retry, _) => self.begin(),
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
