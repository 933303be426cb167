//! Every step of a checkout, in right order and in wrong.

use card_entry_protocol::card::Country;
use card_entry_protocol::dialect::bokamera::{
    Article, CheckoutMode, CheckoutRequest, CheckoutSecret, Guid, Reference,
};
use card_entry_protocol::secret::PublishableKey;
use proptest::prelude::*;

use super::words::{Word, sentence};
use super::*;
use crate::sentence::Sentence;
use crate::wallet::WalletError;
use crate::words::Locale;

fn order(mode: CheckoutMode, confirmation: Option<&str>) -> CheckoutRequest {
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

fn hosted() -> Desk {
    let order = order(
        CheckoutMode::Hosted { cancel: None },
        Some("https://site.example/"),
    );
    Desk::new(Start::Pay(order), pages())
}

fn embedded(confirmation: Option<&str>) -> Desk {
    Desk::new(
        Start::Pay(order(CheckoutMode::Embedded, confirmation)),
        pages(),
    )
}

fn back() -> Desk {
    let order = StatusRequest {
        company: Guid::parse("dea5b9b5-9b5c-4d5e-8b5a-0123456789ab").unwrap(),
        session: SessionId::parse("cs_test_1").unwrap(),
    };
    Desk::new(Start::Back(order), pages())
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

fn page(text: &str) -> Act {
    Act::Opened(Ok(checkout(CheckoutTarget::Hosted(
        WebAddress::parse(text).unwrap(),
    ))))
}

fn form() -> Act {
    let secret = CheckoutSecret::parse("cs_test_1_secret_a").unwrap();
    Act::Opened(Ok(checkout(CheckoutTarget::Embedded(secret))))
}

fn told(word: &str) -> Act {
    Act::Told(Ok(StatusResponse {
        customer_email: None,
        status: CheckoutStatus::parse(word).unwrap(),
    }))
}

#[test]
fn a_hosted_payment_goes_to_the_payment_page_and_nowhere_else() {
    for address in [
        "https://checkout.stripe.com/c/pay/cs_test_1#a",
        "http://127.0.0.1:4404/checkout/c/pay/cs_test_1",
    ] {
        let mut desk = hosted();
        assert!(matches!(desk.act(Act::Begin), Some(Outside::Open(_))));
        let gone = desk.act(page(address));
        assert_eq!(gone, WebAddress::parse(address).map(Outside::Go));
        assert_eq!(desk.stage(), &Stage::Leaving);
    }
    for address in [
        "https://evil.example/c/pay/cs_test_1",
        "http://checkout.stripe.com/c/pay/cs_test_1",
        "https://checkout.stripe.com.evil.example/",
        // Listed, and yet in clear: who listens could pay it somewhere else.
        "http://pay.example/c/pay/cs_test_1",
        "http://127.0.0.1:4405/",
    ] {
        let mut desk = hosted();
        desk.act(Act::Begin);
        assert_eq!(desk.act(page(address)), None, "{address}");
        assert_eq!(desk.stage(), &Stage::Stopped(Stop::Unsafe));
        assert!(desk.buttons().is_empty());
    }
}

#[test]
fn who_comes_back_without_an_answer_is_told_and_can_start_again() {
    let mut desk = hosted();
    desk.act(Act::Begin);
    desk.act(page("https://checkout.stripe.com/c/pay/cs_test_1"));
    assert!(matches!(desk.act(Act::CameBack), Some(Outside::Ask(_, 0))));
    desk.act(told("open"));
    assert_eq!(desk.buttons(), [Button::Again, Button::Look]);
    assert!(matches!(
        desk.act(Act::Press(Button::Look)),
        Some(Outside::Ask(_, 0))
    ));
    desk.act(told("expired"));
    assert!(matches!(
        desk.act(Act::Press(Button::Again)),
        Some(Outside::Open(_))
    ));
    assert_eq!(desk.stage(), &Stage::Preparing);
}

#[test]
fn a_form_is_mounted_paid_and_only_the_server_says_complete() {
    let mut desk = embedded(None);
    desk.act(Act::Begin);
    let Some(Outside::Mount(made)) = desk.act(form()) else {
        panic!("no form");
    };
    assert!(made.stays && desk.shows_form());
    assert!(!format!("{desk:?}").contains("_secret_"));
    desk.act(Act::Form(true));
    assert_eq!(desk.stage(), &Stage::Paying);
    assert!(matches!(desk.act(Act::Paid), Some(Outside::Ask(_, 0))));
    assert!(!desk.shows_form());
    for _ in 0..LOOKS {
        assert!(matches!(
            desk.act(told("open")),
            Some(Outside::Ask(_, LOOK_EVERY))
        ));
    }
    assert_eq!(desk.act(told("open")), None);
    assert_eq!(
        Word::of_stage(desk.stage()),
        Word::Open,
        "not called complete"
    );
    desk.act(Act::Press(Button::Look));
    desk.act(told("complete"));
    assert_eq!(Word::of_stage(desk.stage()), Word::Complete);
    assert!(desk.buttons().is_empty());
}

#[test]
fn a_form_that_does_not_load_is_tried_again_with_the_same_checkout() {
    let mut desk = embedded(Some("https://site.example/"));
    desk.act(Act::Begin);
    let Some(Outside::Mount(first)) = desk.act(form()) else {
        panic!("no form");
    };
    assert!(!first.stays, "Stripe.js leads on by itself");
    desk.act(Act::Form(false));
    assert_eq!(desk.buttons(), [Button::Retry]);
    assert_eq!(
        desk.act(Act::Press(Button::Retry)),
        Some(Outside::Mount(first))
    );
    let mut keyless = checkout(CheckoutTarget::Embedded(
        CheckoutSecret::parse("cs_test_1_secret_a").unwrap(),
    ));
    keyless.key = None;
    let mut desk = embedded(None);
    desk.act(Act::Begin);
    assert_eq!(desk.act(Act::Opened(Ok(keyless))), None);
    assert_eq!(desk.stage(), &Stage::Stopped(Stop::Refused(None)));
}

#[test]
fn the_return_page_tells_every_status() {
    for (status, word, buttons) in [
        ("complete", Word::Complete, &[][..]),
        ("open", Word::Open, &[Button::Again, Button::Look][..]),
        ("expired", Word::Expired, &[Button::Again][..]),
        ("paused", Word::Other, &[Button::Look][..]),
    ] {
        let mut desk = back();
        assert!(matches!(desk.act(Act::Begin), Some(Outside::Ask(_, 0))));
        desk.act(told(status));
        assert_eq!(Word::of_stage(desk.stage()), word);
        assert_eq!(desk.buttons(), buttons);
    }
    let mut desk = back();
    desk.act(Act::Begin);
    desk.act(told("expired"));
    assert_eq!(desk.act(Act::Press(Button::Again)), Some(Outside::Again));
}

#[test]
fn a_refusal_is_said_in_the_servers_words_or_ours() {
    let said = Sentence::parse("Articles is missing.");
    for (error, words, button) in [
        (
            WalletError::Refused(said),
            "Articles is missing.",
            Button::Retry,
        ),
        (
            WalletError::Refused(None),
            "This payment can’t be opened. Please contact us.",
            Button::Retry,
        ),
        (
            WalletError::Unclear,
            "We can’t reach the payment service just now. Please try again in a moment.",
            Button::Retry,
        ),
        (
            WalletError::TryLater(9),
            "That was tried too often. Please wait a while and try again.",
            Button::Retry,
        ),
        (
            WalletError::NotFound,
            "We can’t find this payment.",
            Button::Again,
        ),
    ] {
        let mut desk = hosted();
        desk.act(Act::Begin);
        desk.act(Act::Opened(Err(error)));
        assert_eq!(sentence(desk.stage(), Locale::En), words);
        assert_eq!(desk.buttons(), [button]);
        assert!(matches!(
            desk.act(Act::Press(button)),
            Some(Outside::Open(_))
        ));
    }
}

fn any_act() -> impl Strategy<Value = u8> {
    0..13u8
}

proptest! {
    #[test]
    fn nothing_that_comes_at_a_wrong_time_completes_or_leaves(acts in proptest::collection::vec(any_act(), 0..40)) {
        let mut desk = embedded(None);
        let mut heard = false;
        for number in acts {
            let act = match number {
                0 => Act::Begin,
                1 => form(),
                2 => page("https://evil.example/"),
                3 => Act::Opened(Err(WalletError::Unclear)),
                4 => Act::Form(true),
                5 => Act::Form(false),
                6 => Act::Paid,
                7 => told("open"),
                8 => Act::Told(Err(WalletError::NotFound)),
                9 => Act::CameBack,
                10 => Act::Press(Button::Retry),
                11 => Act::Press(Button::Look),
                _ => { heard = true; told("complete") }
            };
            let left = matches!(desk.act(act), Some(Outside::Go(_)));
            prop_assert!(!left);
            prop_assert!(heard || Word::of_stage(desk.stage()) != Word::Complete);
            for locale in Locale::ALL {
                prop_assert!(!sentence(desk.stage(), locale).is_empty());
            }
        }
    }
}
