//! The wallet on screen, as a person uses it.

mod many;

use std::rc::Rc;

use card_entry_companion::leptos::{Wallet, WalletProps};
use card_entry_companion::sentence::Sentence;
use card_entry_companion::wallet::WalletError;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

use super::support::*;

struct Screen {
    place: Element,
    wallet: Rc<StubWallet>,
    signed_in: RwSignal<u32>,
    changes: RwSignal<Vec<usize>>,
    asked: RwSignal<u32>,
    unmount: Option<Box<dyn FnOnce()>>,
}

fn show(wallet: StubWallet, locale: &str) -> Screen {
    let (place, wallet) = (place(), Rc::new(wallet));
    let signed_in = RwSignal::new(0);
    let changes = RwSignal::new(vec![]);
    let asked = RwSignal::new(0);
    let api = Rc::clone(&wallet);
    let mut address = address();
    address.locale = Some(locale.to_owned());
    let handle = mount_to(place.clone().unchecked_into(), move || {
        let props = WalletProps::builder()
            .api(api.clone())
            .address(address.clone())
            .signed_in(Signal::from(signed_in))
            .on_sign_in(move |()| asked.update(|asked| *asked += 1))
            .on_change(move |cards: Vec<_>| changes.update(|changes| changes.push(cards.len())))
            .build();
        Wallet(props)
    });
    Screen {
        place,
        wallet,
        signed_in,
        changes,
        asked,
        unmount: Some(Box::new(move || drop(handle))),
    }
}

impl Screen {
    fn find(&self, selector: &str) -> Option<HtmlElement> {
        let found = self.place.query_selector(selector).unwrap();
        found.map(|element| element.dyn_into().unwrap())
    }

    fn text(&self, selector: &str) -> String {
        self.find(selector)
            .and_then(|element| element.text_content())
            .unwrap_or_default()
    }

    fn state(&self) -> String {
        self.find("[data-wallet]")
            .unwrap()
            .get_attribute("data-state")
            .unwrap()
    }

    async fn until_state(&self, state: &str) {
        until(state, || self.state() == state).await;
    }

    async fn press(&self, action: &str) {
        let selector = format!("[data-action='{action}']");
        until(&selector, || self.find(&selector).is_some()).await;
        self.find(&selector).unwrap().click();
        sleep(30).await;
    }

    fn focused(&self) -> String {
        let active = super::support::document().active_element().unwrap();
        active.get_attribute("data-focus").unwrap_or_default()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.unmount
            .take()
            .into_iter()
            .for_each(|unmount| unmount());
        self.place.remove();
    }
}

fn with_card() -> StubWallet {
    let wallet = StubWallet::default();
    wallet.cards.borrow_mut().push(card("cus_1|pm_old", "1111"));
    wallet
}

#[wasm_bindgen_test]
async fn an_empty_wallet_adds_its_first_card() {
    let screen = show(StubWallet::default(), "en");
    assert_eq!(screen.state(), "loading");
    screen.until_state("empty").await;
    screen.press("add").await;
    assert_eq!(
        (screen.state().as_str(), screen.focused().as_str()),
        ("adding", "panel")
    );
    let frame = screen.find("[data-card-entry]").unwrap();
    let iframe = linked(&frame).await;
    run(&iframe, &format!("result(1, '{PM}')"));
    screen.until_state("list").await;
    sleep(30).await;
    assert_eq!(
        screen.text("[data-wallet-status]"),
        "Visa ending in 4242 was saved."
    );
    assert_eq!(
        screen
            .find("[data-card]")
            .unwrap()
            .get_attribute("data-last4")
            .unwrap(),
        "4242"
    );
    assert_eq!(screen.focused(), "row-0");
    assert!(screen.find("iframe").is_none());
    assert_eq!(screen.changes.get_untracked(), [0, 1]);
}

#[wasm_bindgen_test]
async fn a_replace_warns_and_can_be_left() {
    let screen = show(with_card(), "en");
    screen.until_state("list").await;
    assert!(screen.find("[data-action='add']").is_none());
    screen.press("replace").await;
    assert_eq!(screen.focused(), "warning");
    assert!(
        screen
            .text(".ce-warning")
            .starts_with("Your new card will replace Visa ending in 1111.")
    );
    assert!(screen.find("iframe").is_none());
    let escape = web_sys::KeyboardEventInit::new();
    escape.set_key("Escape");
    escape.set_bubbles(true);
    let event =
        web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &escape).unwrap();
    screen
        .find(".ce-warning")
        .unwrap()
        .dispatch_event(&event)
        .unwrap();
    sleep(30).await;
    assert_eq!(
        (screen.state().as_str(), screen.focused().as_str()),
        ("list", "replace-0")
    );
    screen.press("replace").await;
    screen.press("replace-continue").await;
    let iframe = linked(&screen.find("[data-card-entry]").unwrap()).await;
    run(&iframe, &format!("result(1, '{PM}')"));
    screen.until_state("list").await;
    assert_eq!(
        screen.text("[data-wallet-status]"),
        "Visa ending in 4242 is now your card."
    );
    assert_eq!(
        screen
            .place
            .query_selector_all("[data-card]")
            .unwrap()
            .length(),
        1
    );
}

#[wasm_bindgen_test]
async fn a_delete_is_asked_refused_with_its_reason_and_then_done() {
    let wallet = with_card();
    let why = "This card cannot be deleted because there is a pending appointment on 3 March.";
    wallet
        .deletes
        .borrow_mut()
        .push_back(WalletError::Refused(Sentence::parse(why)));
    let screen = show(wallet, "en");
    screen.until_state("list").await;
    screen.press("delete").await;
    assert_eq!(
        (screen.state().as_str(), screen.focused().as_str()),
        ("confirming", "question-0")
    );
    screen.press("cancel").await;
    assert_eq!(screen.focused(), "delete-0");
    assert_eq!(screen.wallet.count("delete"), 0);
    screen.press("delete").await;
    screen.press("delete-confirm").await;
    until("the reason", || screen.text("[data-wallet-alert]") == why).await;
    sleep(30).await;
    assert_eq!(screen.focused(), "note-0");
    assert!(screen.text(".ce-refused").contains("Replace this card"));
    screen.press("cancel").await;
    screen.press("delete").await;
    screen.press("delete-confirm").await;
    screen.until_state("empty").await;
    assert_eq!(
        screen.text("[data-wallet-status]"),
        "Visa ending in 1111 was deleted."
    );
    assert_eq!(screen.wallet.count("delete"), 2);
}

#[wasm_bindgen_test]
async fn an_expired_session_keeps_the_form_mounted() {
    let wallet = StubWallet::default();
    wallet.lists.borrow_mut().push_back(WalletError::SignIn);
    wallet
        .saves
        .borrow_mut()
        .push_back(Err(WalletError::SignIn));
    let screen = show(wallet, "en");
    screen.until_state("sign-in").await;
    screen.press("sign-in").await;
    assert_eq!(screen.asked.get_untracked(), 1);
    screen.signed_in.update(|n| *n += 1);
    screen.until_state("empty").await;
    screen.press("add").await;
    let iframe = linked(&screen.find("[data-card-entry]").unwrap()).await;
    run(
        &iframe,
        &format!("globalThis.typed = true; result(1, '{PM}')"),
    );
    screen.until_state("sign-in").await;
    assert!(
        run(&iframe, "globalThis.typed").is_truthy(),
        "the same document is still there"
    );
    screen.signed_in.update(|n| *n += 1);
    screen.until_state("list").await;
    assert_eq!(screen.wallet.count("save"), 2);
}

#[wasm_bindgen_test]
async fn a_list_that_does_not_come_is_retried() {
    let wallet = with_card();
    wallet.lists.borrow_mut().push_back(WalletError::Unclear);
    let screen = show(wallet, "en");
    screen.until_state("error").await;
    assert!(screen.text("[data-wallet-alert]").contains("couldn’t load"));
    screen.press("retry").await;
    screen.until_state("list").await;
}

#[wasm_bindgen_test]
async fn nothing_is_left_after_unmount() {
    let left = Leftovers::watch();
    until("no timer of an earlier test", || left.timers() == 0).await;
    let before = left.count();
    let screen = show(StubWallet::default(), "en");
    screen.until_state("empty").await;
    screen.press("add").await;
    let iframe = linked(&screen.find("[data-card-entry]").unwrap()).await;
    run(&iframe, "say('intent_request', {attempt: 1})");
    sleep(30).await;
    assert_ne!(left.count(), before);
    drop(screen);
    sleep(30).await;
    assert_eq!(left.count(), before, "listeners, timers, ports");
}
