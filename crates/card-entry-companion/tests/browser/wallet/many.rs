//! A wallet of several cards: a default, another default, one card more.

use card_entry_companion::sentence::Sentence;
use card_entry_companion::wallet::WalletError;
use wasm_bindgen_test::wasm_bindgen_test;

use super::show;
use crate::support::*;

fn with_two() -> StubWallet {
    let wallet = StubWallet {
        many: true,
        ..StubWallet::default()
    };
    let mut first = card("pm_a", "0001");
    first.is_default = true;
    wallet
        .cards
        .borrow_mut()
        .extend([first, card("pm_b", "0002")]);
    wallet
}

#[wasm_bindgen_test]
async fn another_card_is_made_the_default_and_moves_to_the_front() {
    let screen = show(with_two(), "en");
    screen.until_state("list").await;
    assert!(
        screen
            .find("[data-last4='0001'] [data-action='make-default']")
            .is_none()
    );
    assert!(screen.find("[data-action='replace']").is_none());
    assert!(screen.find("[data-action='add']").is_some());
    screen.press("make-default").await;
    screen.until_state("list").await;
    sleep(30).await;
    assert_eq!(
        screen.text("[data-wallet-status]"),
        "Visa ending in 0002 is now your default card."
    );
    let first = screen.find("[data-card]").unwrap();
    assert_eq!(first.get_attribute("data-last4").unwrap(), "0002");
    assert!(
        screen
            .find("[data-last4='0002'] [data-badge='default']")
            .is_some()
    );
    assert!(
        screen
            .find("[data-last4='0001'] [data-badge='default']")
            .is_none()
    );
    assert_eq!(screen.focused(), "row-0");
    assert_eq!(screen.wallet.count("make_default pm_b"), 1);
}

#[wasm_bindgen_test]
async fn a_refused_choice_says_why_and_changes_nothing() {
    let wallet = with_two();
    let why = "This sign-in may not change the cards.";
    wallet
        .choices
        .borrow_mut()
        .push_back(WalletError::Refused(Sentence::parse(why)));
    let screen = show(wallet, "en");
    screen.until_state("list").await;
    screen.press("make-default").await;
    until("the reason", || screen.text("[data-wallet-alert]") == why).await;
    sleep(30).await;
    assert_eq!(screen.focused(), "note-1");
    assert!(
        screen
            .find("[data-last4='0001'] [data-badge='default']")
            .is_some()
    );
    screen.press("cancel").await;
    assert_eq!(screen.focused(), "choose-1");
}

#[wasm_bindgen_test]
async fn a_second_card_is_added_beside_the_first() {
    let screen = show(with_two(), "en");
    screen.until_state("list").await;
    screen.press("add").await;
    let iframe = linked(&screen.find("[data-card-entry]").unwrap()).await;
    run(&iframe, &format!("result(1, '{PM}')"));
    screen.until_state("list").await;
    assert_eq!(
        screen.text("[data-wallet-status]"),
        "Visa ending in 4242 was saved."
    );
    let rows = screen.place.query_selector_all("[data-card]").unwrap();
    assert_eq!(rows.length(), 3);
}

#[wasm_bindgen_test]
async fn badges_and_directions_follow_the_card_and_the_locale() {
    let wallet = StubWallet {
        many: true,
        ..StubWallet::default()
    };
    let mut old = card("a", "0001");
    old.exp_year = card_entry_protocol::expiry::ExpYear::try_from(2020).unwrap();
    let mut first = card("b", "0002");
    first.is_default = true;
    wallet.cards.borrow_mut().extend([old, first]);
    let screen = show(wallet, "ar");
    screen.until_state("list").await;
    let wallet = screen.find("[data-wallet]").unwrap();
    assert_eq!(wallet.dir(), "rtl");
    assert_eq!(
        screen
            .find("[data-card]")
            .unwrap()
            .get_attribute("data-last4")
            .unwrap(),
        "0002"
    );
    assert!(
        screen
            .find("[data-last4='0002'] [data-badge='default']")
            .is_some()
    );
    assert!(
        screen
            .find("[data-last4='0001'] [data-badge='expired']")
            .is_some()
    );
    assert!(screen.find("[data-action='replace']").is_none());
}
