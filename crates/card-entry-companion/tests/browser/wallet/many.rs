//! A wallet of several cards: the default, a new default, one more card.

use card_entry_companion::display_message::DisplayMessage;
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
async fn the_new_default_card_moves_to_the_front() {
    let page = show(with_two(), "en");
    page.wait_for_state("list").await;
    assert!(
        page.find("[data-last4='0001'] [data-action='make-default']")
            .is_none()
    );
    assert!(page.find("[data-action='replace']").is_none());
    assert!(page.find("[data-action='add']").is_some());
    page.press("make-default").await;
    page.wait_for_state("list").await;
    page.wait_for_text(
        "[data-wallet-status]",
        "Visa ending in 0002 is now your default card.",
    )
    .await;
    let first = page.find("[data-card]").unwrap();
    assert_eq!(first.get_attribute("data-last4").unwrap(), "0002");
    assert!(
        page.find("[data-last4='0002'] [data-badge='default']")
            .is_some()
    );
    assert!(
        page.find("[data-last4='0001'] [data-badge='default']")
            .is_none()
    );
    page.wait_for_focus("row-0").await;
    assert_eq!(page.wallet.count("set_default pm_b"), 1);
}

#[wasm_bindgen_test]
async fn a_refused_default_shows_the_reason_and_changes_nothing() {
    let wallet = with_two();
    let why = "This sign-in may not change the cards.";
    wallet
        .default_errors
        .borrow_mut()
        .push_back(WalletError::Refused(DisplayMessage::parse(why)));
    let page = show(wallet, "en");
    page.wait_for_state("list").await;
    page.press("make-default").await;
    wait_until("the reason", || page.text("[data-wallet-alert]") == why).await;
    page.wait_for_focus("note-1").await;
    assert!(
        page.find("[data-last4='0001'] [data-badge='default']")
            .is_some()
    );
    page.press("cancel").await;
    page.wait_for_focus("set-default-1").await;
}

#[wasm_bindgen_test]
async fn a_second_card_is_added_beside_the_first() {
    let page = show(with_two(), "en");
    page.wait_for_state("list").await;
    page.press("add").await;
    let iframe = connected_frame(&page.find("[data-card-entry]").unwrap()).await;
    run_in_frame(&iframe, &format!("result(1, '{PM}')"));
    page.wait_for_state("list").await;
    page.wait_for_text("[data-wallet-status]", "Visa ending in 4242 was saved.")
        .await;
    let rows = page.host.query_selector_all("[data-card]").unwrap();
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
    let page = show(wallet, "ar");
    page.wait_for_state("list").await;
    let wallet = page.find("[data-wallet]").unwrap();
    assert_eq!(wallet.dir(), "rtl");
    assert_eq!(
        page.find("[data-card]")
            .unwrap()
            .get_attribute("data-last4")
            .unwrap(),
        "0002"
    );
    assert!(
        page.find("[data-last4='0002'] [data-badge='default']")
            .is_some()
    );
    assert!(
        page.find("[data-last4='0001'] [data-badge='expired']")
            .is_some()
    );
    assert!(page.find("[data-action='replace']").is_none());
}
