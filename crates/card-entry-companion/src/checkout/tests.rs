//! Every event of a checkout, in right and in wrong order.

mod order;

use card_entry_protocol::card::Country;
use card_entry_protocol::dialect::bokamera::{
    Article, CheckoutRequest, CheckoutSecret, Guid, Reference, UiModeOptions,
};
use card_entry_protocol::secret::PublishableKey;

use super::i18n::{CheckoutMessageKey, stage_text};
use super::*;
use crate::display_message::DisplayMessage;
use crate::i18n::Locale;
use crate::wallet::WalletError;

fn order(mode: UiModeOptions, confirmation: Option<&str>) -> CheckoutRequest {
    CheckoutRequest {
        company: Guid::parse("dea5b9b5-9b5c-4d5e-8b5a-0123456789ab").unwrap(),
        country: Country::parse("SE").unwrap(),
        articles: vec![Article {
            id: 7,
            kind: None,
            quantity: 1,
        }],
        reference: Reference::parse("booking 1").unwrap(),
        confirmation: confirmation.and_then(WebAddress::parse),
        mode,
    }
}

fn pages() -> Vec<Origin> {
    [
        "https://checkout.stripe.com",
        "http://127.0.0.1:4404",
        "http://pay.example",
    ]
    .iter()
    .map(|text| Origin::parse(text).unwrap())
    .collect()
}

fn hosted() -> CheckoutViewModel {
    let order = order(
        UiModeOptions::Hosted { cancel: None },
        Some("https://site.example/"),
    );
    CheckoutViewModel::new(CheckoutStart::Pay(order), pages())
}

fn embedded(confirmation: Option<&str>) -> CheckoutViewModel {
    CheckoutViewModel::new(
        CheckoutStart::Pay(order(UiModeOptions::Embedded, confirmation)),
        pages(),
    )
}

fn returned() -> CheckoutViewModel {
    let order = StatusRequest {
        company: Guid::parse("dea5b9b5-9b5c-4d5e-8b5a-0123456789ab").unwrap(),
        session: SessionId::parse("cs_test_1").unwrap(),
    };
    CheckoutViewModel::new(CheckoutStart::Return(order), pages())
}

fn checkout(target: CheckoutTarget) -> Checkout {
    Checkout {
        session: SessionId::parse("cs_test_1").unwrap(),
        status: CheckoutStatus::Open,
        target,
        account: None,
        key: PublishableKey::parse("pk_test_salon"),
    }
}

fn page(text: &str) -> CheckoutEvent {
    CheckoutEvent::Opened(Ok(checkout(CheckoutTarget::Hosted(
        WebAddress::parse(text).unwrap(),
    ))))
}

fn form() -> CheckoutEvent {
    let secret = CheckoutSecret::parse("cs_test_1_secret_a").unwrap();
    CheckoutEvent::Opened(Ok(checkout(CheckoutTarget::Embedded(secret))))
}

fn status(word: &str) -> CheckoutEvent {
    CheckoutEvent::Status(Ok(StatusResponse {
        customer_email: None,
        status: CheckoutStatus::parse(word).unwrap(),
    }))
}

#[test]
fn a_hosted_payment_navigates_to_listed_payment_pages_only() {
    for address in [
        "https://checkout.stripe.com/c/pay/cs_test_1#a",
        "http://127.0.0.1:4404/checkout/c/pay/cs_test_1",
    ] {
        let mut view = hosted();
        assert!(matches!(
            view.handle(CheckoutEvent::Mounted),
            Some(CheckoutCommand::Open(_))
        ));
        let gone = view.handle(page(address));
        assert_eq!(
            gone,
            WebAddress::parse(address).map(CheckoutCommand::Navigate)
        );
        assert_eq!(view.stage(), &CheckoutStage::Leaving);
    }
    for address in [
        "https://evil.example/c/pay/cs_test_1",
        "http://checkout.stripe.com/c/pay/cs_test_1",
        "https://checkout.stripe.com.evil.example/",
        // Listed, but not encrypted: someone on the network could replace the page.
        "http://pay.example/c/pay/cs_test_1",
        "http://127.0.0.1:4405/",
    ] {
        let mut view = hosted();
        view.handle(CheckoutEvent::Mounted);
        assert_eq!(view.handle(page(address)), None, "{address}");
        assert_eq!(
            view.stage(),
            &CheckoutStage::Failed(CheckoutError::UnknownPage)
        );
        assert!(view.buttons().is_empty());
    }
}

#[test]
fn a_person_who_returns_without_paying_can_start_over() {
    let mut view = hosted();
    view.handle(CheckoutEvent::Mounted);
    view.handle(page("https://checkout.stripe.com/c/pay/cs_test_1"));
    assert!(matches!(
        view.handle(CheckoutEvent::PageRestored),
        Some(CheckoutCommand::ReadStatus(_, 0))
    ));
    view.handle(status("open"));
    assert_eq!(
        view.buttons(),
        [CheckoutButton::StartOver, CheckoutButton::CheckStatus]
    );
    assert!(matches!(
        view.handle(CheckoutEvent::Press(CheckoutButton::CheckStatus)),
        Some(CheckoutCommand::ReadStatus(_, 0))
    ));
    view.handle(status("expired"));
    assert!(matches!(
        view.handle(CheckoutEvent::Press(CheckoutButton::StartOver)),
        Some(CheckoutCommand::Open(_))
    ));
    assert_eq!(view.stage(), &CheckoutStage::Preparing);
}

#[test]
fn a_paid_form_is_complete_only_after_the_server_said_so() {
    let mut view = embedded(None);
    view.handle(CheckoutEvent::Mounted);
    let Some(CheckoutCommand::MountForm(made)) = view.handle(form()) else {
        panic!("no form");
    };
    assert!(made.stays && view.shows_form());
    assert!(!format!("{view:?}").contains("_secret_"));
    view.handle(CheckoutEvent::FormReady);
    assert_eq!(view.stage(), &CheckoutStage::Paying);
    assert!(matches!(
        view.handle(CheckoutEvent::Paid),
        Some(CheckoutCommand::ReadStatus(_, 0))
    ));
    assert!(!view.shows_form());
    for _ in 0..STATUS_ATTEMPTS {
        assert!(matches!(
            view.handle(status("open")),
            Some(CheckoutCommand::ReadStatus(_, STATUS_INTERVAL_MS))
        ));
    }
    assert_eq!(view.handle(status("open")), None);
    assert_eq!(
        CheckoutMessageKey::for_stage(view.stage()),
        CheckoutMessageKey::Open,
        "not called complete"
    );
    view.handle(CheckoutEvent::Press(CheckoutButton::CheckStatus));
    view.handle(status("complete"));
    assert_eq!(
        CheckoutMessageKey::for_stage(view.stage()),
        CheckoutMessageKey::Complete
    );
    assert!(view.buttons().is_empty());
}

#[test]
fn a_form_that_does_not_load_is_tried_again_with_the_same_checkout() {
    let mut view = embedded(Some("https://site.example/"));
    view.handle(CheckoutEvent::Mounted);
    let Some(CheckoutCommand::MountForm(first)) = view.handle(form()) else {
        panic!("no form");
    };
    assert!(!first.stays, "Stripe.js leads on by itself");
    view.handle(CheckoutEvent::FormFailed);
    assert_eq!(view.buttons(), [CheckoutButton::Retry]);
    assert_eq!(
        view.handle(CheckoutEvent::Press(CheckoutButton::Retry)),
        Some(CheckoutCommand::MountForm(first))
    );
    let mut keyless = checkout(CheckoutTarget::Embedded(
        CheckoutSecret::parse("cs_test_1_secret_a").unwrap(),
    ));
    keyless.key = None;
    let mut view = embedded(None);
    view.handle(CheckoutEvent::Mounted);
    assert_eq!(view.handle(CheckoutEvent::Opened(Ok(keyless))), None);
    assert_eq!(
        view.stage(),
        &CheckoutStage::Failed(CheckoutError::Refused(None))
    );
}

#[test]
fn the_return_page_shows_every_status() {
    for (wire, key, buttons) in [
        ("complete", CheckoutMessageKey::Complete, &[][..]),
        (
            "open",
            CheckoutMessageKey::Open,
            &[CheckoutButton::StartOver, CheckoutButton::CheckStatus][..],
        ),
        (
            "expired",
            CheckoutMessageKey::Expired,
            &[CheckoutButton::StartOver][..],
        ),
        (
            "paused",
            CheckoutMessageKey::Other,
            &[CheckoutButton::CheckStatus][..],
        ),
    ] {
        let mut view = returned();
        assert!(matches!(
            view.handle(CheckoutEvent::Mounted),
            Some(CheckoutCommand::ReadStatus(_, 0))
        ));
        view.handle(status(wire));
        assert_eq!(CheckoutMessageKey::for_stage(view.stage()), key);
        assert_eq!(view.buttons(), buttons);
    }
    let mut view = returned();
    view.handle(CheckoutEvent::Mounted);
    view.handle(status("expired"));
    assert_eq!(
        view.handle(CheckoutEvent::Press(CheckoutButton::StartOver)),
        Some(CheckoutCommand::StartOver)
    );
}

#[test]
fn a_refusal_has_the_message_of_the_server_or_our_text() {
    let message = DisplayMessage::parse("Articles is missing.");
    for (error, text, button) in [
        (
            WalletError::Refused(message),
            "Articles is missing.",
            CheckoutButton::Retry,
        ),
        (
            WalletError::Refused(None),
            "This payment can’t be opened. Please contact us.",
            CheckoutButton::Retry,
        ),
        (
            WalletError::Indeterminate,
            "We can’t reach the payment service just now. Please try again in a moment.",
            CheckoutButton::Retry,
        ),
        (
            WalletError::RateLimited(9),
            "That was tried too often. Please wait a while and try again.",
            CheckoutButton::Retry,
        ),
        (
            WalletError::NotFound,
            "We can’t find this payment.",
            CheckoutButton::StartOver,
        ),
    ] {
        let mut view = hosted();
        view.handle(CheckoutEvent::Mounted);
        view.handle(CheckoutEvent::Opened(Err(error)));
        assert_eq!(stage_text(view.stage(), Locale::En), text);
        assert_eq!(view.buttons(), [button]);
        assert!(matches!(
            view.handle(CheckoutEvent::Press(button)),
            Some(CheckoutCommand::Open(_))
        ));
    }
}
