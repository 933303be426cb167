//! The state machine of a checkout: a payment on Stripe's page or in a form on this page. No card is saved.
//!
//! Drawn by the Leptos `Checkout`. It must never send the person to an address that is not a payment page, and never
//! report a payment as complete before the server did.

#[cfg(all(target_arch = "wasm32", feature = "bokamera"))]
pub mod embedded_form;
mod event;
pub mod i18n;
pub mod settings;

use card_entry_protocol::dialect::bokamera::{
    Checkout, CheckoutStatus, CheckoutTarget, SessionId, StatusRequest, StatusResponse, WebAddress,
};
use card_entry_protocol::origin::Origin;

pub use event::{
    CheckoutButton, CheckoutCommand, CheckoutError, CheckoutEvent, CheckoutStage, CheckoutStart,
    EmbeddedForm,
};

/// After the form reports the payment, the status is read this often: the server may receive it late.
const STATUS_ATTEMPTS: u32 = 5;
/// The time between two reads of the status.
const STATUS_INTERVAL_MS: u32 = 1_000;

/// A checkout on screen. [`Self::handle`] takes each event and returns the next command.
///
/// ```
/// use card_entry_companion::checkout::{
///     CheckoutCommand, CheckoutEvent, CheckoutStage, CheckoutStart, CheckoutViewModel,
/// };
/// use card_entry_protocol::dialect::bokamera::{Guid, SessionId, StatusRequest};
///
/// // The page to which Stripe sends the person back.
/// let order = StatusRequest {
///     company: Guid::parse("dea5b9b5-9b5c-4d5e-8b5a-0123456789ab").unwrap(),
///     session: SessionId::parse("cs_test_1").unwrap(),
/// };
/// let mut checkout = CheckoutViewModel::new(CheckoutStart::Return(order.clone()), vec![]);
/// let command = checkout.handle(CheckoutEvent::Mounted);
/// assert_eq!(command, Some(CheckoutCommand::ReadStatus(order, 0)));
/// assert_eq!(checkout.stage(), &CheckoutStage::Checking);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CheckoutViewModel {
    start: CheckoutStart,
    pages: Vec<Origin>,
    stage: CheckoutStage,
    session: Option<SessionId>,
    form: Option<EmbeddedForm>,
    status_reads_left: u32,
}

impl CheckoutViewModel {
    /// A checkout before [`CheckoutEvent::Mounted`]. `pages` are the origins of the gateway's payment pages.
    #[must_use]
    pub fn new(start: CheckoutStart, pages: Vec<Origin>) -> Self {
        Self {
            stage: match start {
                CheckoutStart::Pay(_) => CheckoutStage::Preparing,
                CheckoutStart::Return(_) => CheckoutStage::Checking,
            },
            start,
            pages,
            session: None,
            form: None,
            status_reads_left: 0,
        }
    }

    /// The stage that is on screen.
    #[must_use]
    pub fn stage(&self) -> &CheckoutStage {
        &self.stage
    }

    /// Whether the container of the payment form is visible.
    #[must_use]
    pub fn shows_form(&self) -> bool {
        matches!(self.stage, CheckoutStage::Loading | CheckoutStage::Paying)
    }

    /// The buttons to show; the first is the primary one.
    #[must_use]
    pub fn buttons(&self) -> &'static [CheckoutButton] {
        match &self.stage {
            CheckoutStage::Status(answer) => match answer.status {
                CheckoutStatus::Open => &[CheckoutButton::StartOver, CheckoutButton::CheckStatus],
                CheckoutStatus::Expired => &[CheckoutButton::StartOver],
                CheckoutStatus::Complete => &[],
                CheckoutStatus::Other(_) => &[CheckoutButton::CheckStatus],
            },
            CheckoutStage::Failed(CheckoutError::NotFound) => &[CheckoutButton::StartOver],
            CheckoutStage::Failed(CheckoutError::UnknownPage) => &[],
            CheckoutStage::Failed(_) => &[CheckoutButton::Retry],
            _ => &[],
        }
    }

    /// Applies an event. An event that does not fit the stage, such as a late answer, changes nothing.
    pub fn handle(&mut self, event: CheckoutEvent) -> Option<CheckoutCommand> {
        match (event, &self.stage) {
            (CheckoutEvent::Mounted, _) => self.begin(),
            (CheckoutEvent::Opened(Ok(checkout)), CheckoutStage::Preparing) => self.open(checkout),
            (CheckoutEvent::FormReady, CheckoutStage::Loading) => {
                self.enter(CheckoutStage::Paying, None)
            }
            (CheckoutEvent::FormFailed, CheckoutStage::Loading | CheckoutStage::Paying) => {
                self.fail(CheckoutError::FormNotLoaded)
            }
            (CheckoutEvent::Paid, CheckoutStage::Loading | CheckoutStage::Paying) => {
                self.status_reads_left = STATUS_ATTEMPTS;
                self.read_status(0)
            }
            (CheckoutEvent::PageRestored, CheckoutStage::Leaving) => self.read_status(0),
            (CheckoutEvent::Status(Ok(answer)), CheckoutStage::Checking) => self.on_status(answer),
            (CheckoutEvent::Opened(Err(error)), CheckoutStage::Preparing)
            | (CheckoutEvent::Status(Err(error)), CheckoutStage::Checking) => {
                self.fail(error.into())
            }
            (CheckoutEvent::Press(button), _) if self.buttons().contains(&button) => {
                self.press(button)
            }
            _ => None,
        }
    }

    fn enter(
        &mut self,
        stage: CheckoutStage,
        command: Option<CheckoutCommand>,
    ) -> Option<CheckoutCommand> {
        self.stage = stage;
        command
    }

    fn fail(&mut self, stop: CheckoutError) -> Option<CheckoutCommand> {
        self.enter(CheckoutStage::Failed(stop), None)
    }

    fn begin(&mut self) -> Option<CheckoutCommand> {
        match &self.start {
            CheckoutStart::Pay(order) => {
                let order = order.clone();
                self.session = None;
                self.form = None;
                self.enter(CheckoutStage::Preparing, Some(CheckoutCommand::Open(order)))
            }
            CheckoutStart::Return(_) => self.read_status(0),
        }
    }

    fn open(&mut self, checkout: Checkout) -> Option<CheckoutCommand> {
        self.session = Some(checkout.session);
        match (checkout.target, checkout.key) {
            (CheckoutTarget::Hosted(page), _) if self.is_payment_page(&page) => self.enter(
                CheckoutStage::Leaving,
                Some(CheckoutCommand::Navigate(page)),
            ),
            (CheckoutTarget::Hosted(_), _) => self.fail(CheckoutError::UnknownPage),
            (CheckoutTarget::Embedded(secret), Some(key)) => {
                let stays = matches!(&self.start, CheckoutStart::Pay(order) if order.confirmation.is_none());
                let account = checkout.account;
                self.form = Some(EmbeddedForm {
                    secret,
                    key,
                    account,
                    stays,
                });
                self.mount()
            }
            (CheckoutTarget::Embedded(_), None) => self.fail(CheckoutError::Refused(None)),
        }
    }

    fn mount(&mut self) -> Option<CheckoutCommand> {
        let form = self.form.clone();
        self.enter(CheckoutStage::Loading, form.map(CheckoutCommand::MountForm))
    }

    /// Only the listed origins, and only with `https`; in development also this machine.
    fn is_payment_page(&self, page: &WebAddress) -> bool {
        let Some(origin) = page.origin() else {
            return false;
        };
        let host = origin.host();
        let is_local = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        self.pages.contains(&origin) && (is_local || origin.as_str().starts_with("https://"))
    }

    fn read_status(&mut self, after: u32) -> Option<CheckoutCommand> {
        let order = match (&self.start, &self.session) {
            (CheckoutStart::Return(order), _) => order.clone(),
            (CheckoutStart::Pay(order), Some(session)) => StatusRequest {
                company: order.company,
                session: session.clone(),
            },
            (CheckoutStart::Pay(_), None) => return None,
        };
        self.enter(
            CheckoutStage::Checking,
            Some(CheckoutCommand::ReadStatus(order, after)),
        )
    }

    fn on_status(&mut self, answer: StatusResponse) -> Option<CheckoutCommand> {
        if answer.status == CheckoutStatus::Open && self.status_reads_left > 0 {
            self.status_reads_left -= 1;
            return self.read_status(STATUS_INTERVAL_MS);
        }
        self.status_reads_left = 0;
        self.enter(CheckoutStage::Status(answer), None)
    }

    fn press(&mut self, button: CheckoutButton) -> Option<CheckoutCommand> {
        match (button, &self.start) {
            (CheckoutButton::StartOver, CheckoutStart::Return(_)) => {
                Some(CheckoutCommand::StartOver)
            }
            (CheckoutButton::StartOver, CheckoutStart::Pay(_)) => self.begin(),
            (CheckoutButton::CheckStatus, _) => self.read_status(0),
            (CheckoutButton::Retry, _)
                if self.stage == CheckoutStage::Failed(CheckoutError::FormNotLoaded) =>
            {
                self.mount()
            }
            (CheckoutButton::Retry, _) if self.session.is_some() => self.read_status(0),
            (CheckoutButton::Retry, _) => self.begin(),
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
