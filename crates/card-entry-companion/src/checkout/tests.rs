//! Every event of a checkout, in right and in wrong order.

use card_entry_protocol::card::Country;
use card_entry_protocol::dialect::bokamera::{
    Article, CheckoutRequest, CheckoutSecret, Guid, Reference, UiModeOptions,
};
use card_entry_protocol::secret::PublishableKey;
use proptest::prelude::*;

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

fn back() -> CheckoutViewModel {
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

fn told(word: &str) -> CheckoutEvent {
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
    view.handle(told("open"));
    assert_eq!(
        view.buttons(),
        [CheckoutButton::StartOver, CheckoutButton::CheckStatus]
    );
    assert!(matches!(
        view.handle(CheckoutEvent::Press(CheckoutButton::CheckStatus)),
        Some(CheckoutCommand::ReadStatus(_, 0))
    ));
    view.handle(told("expired"));
    assert!(matches!(
        view.handle(CheckoutEvent::Press(CheckoutButton::StartOver)),
        Some(CheckoutCommand::Open(_))
    ));
    assert_eq!(view.stage(), &CheckoutStage::Preparing);
}

#[test]
fn a_form_is_mounted_paid_and_only_the_server_says_complete() {
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
            view.handle(told("open")),
            Some(CheckoutCommand::ReadStatus(_, STATUS_INTERVAL_MS))
        ));
    }
    assert_eq!(view.handle(told("open")), None);
    assert_eq!(
        CheckoutMessageKey::for_stage(view.stage()),
        CheckoutMessageKey::Open,
        "not called complete"
    );
    view.handle(CheckoutEvent::Press(CheckoutButton::CheckStatus));
    view.handle(told("complete"));
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
fn the_return_page_tells_every_status() {
    for (status, word, buttons) in [
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
        let mut view = back();
        assert!(matches!(
            view.handle(CheckoutEvent::Mounted),
            Some(CheckoutCommand::ReadStatus(_, 0))
        ));
        view.handle(told(status));
        assert_eq!(CheckoutMessageKey::for_stage(view.stage()), word);
        assert_eq!(view.buttons(), buttons);
    }
    let mut view = back();
    view.handle(CheckoutEvent::Mounted);
    view.handle(told("expired"));
    assert_eq!(
        view.handle(CheckoutEvent::Press(CheckoutButton::StartOver)),
        Some(CheckoutCommand::StartOver)
    );
}

#[test]
fn a_refusal_is_said_in_the_servers_words_or_ours() {
    let said = DisplayMessage::parse("Articles is missing.");
    for (error, words, button) in [
        (
            WalletError::Refused(said),
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
        assert_eq!(stage_text(view.stage(), Locale::En), words);
        assert_eq!(view.buttons(), [button]);
        assert!(matches!(
            view.handle(CheckoutEvent::Press(button)),
            Some(CheckoutCommand::Open(_))
        ));
    }
}

fn any_act() -> impl Strategy<Value = u8> {
    0..13u8
}

proptest! {
    #[test]
    fn nothing_that_comes_at_a_wrong_time_completes_or_leaves(acts in proptest::collection::vec(any_act(), 0..40)) {
        let mut view = embedded(None);
        let mut heard = false;
        for number in acts {
            let act = match number {
                0 => CheckoutEvent::Mounted,
                1 => form(),
                2 => page("https://evil.example/"),
                3 => CheckoutEvent::Opened(Err(WalletError::Indeterminate)),
                4 => CheckoutEvent::FormReady,
                5 => CheckoutEvent::FormFailed,
                6 => CheckoutEvent::Paid,
                7 => told("open"),
                8 => CheckoutEvent::Status(Err(WalletError::NotFound)),
                9 => CheckoutEvent::PageRestored,
                10 => CheckoutEvent::Press(CheckoutButton::Retry),
                11 => CheckoutEvent::Press(CheckoutButton::CheckStatus),
                _ => { heard = true; told("complete") }
            };
            let left = matches!(view.handle(act), Some(CheckoutCommand::Navigate(_)));
            prop_assert!(!left);
            prop_assert!(heard || CheckoutMessageKey::for_stage(view.stage()) != CheckoutMessageKey::Complete);
            for locale in Locale::ALL {
                prop_assert!(!stage_text(view.stage(), locale).is_empty());
            }
        }
    }
}
