//! The wallet on screen, as a person uses it.

mod many;

use std::rc::Rc;

use card_entry_companion::display_message::DisplayMessage;
use card_entry_companion::leptos::{Wallet, WalletProps};
use card_entry_companion::wallet::WalletError;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

use super::support::*;

struct WalletPage {
    host: Element,
    wallet: Rc<StubWallet>,
    signed_in: RwSignal<u32>,
    changes: RwSignal<Vec<usize>>,
    sign_in_requests: RwSignal<u32>,
    unmount: Option<Box<dyn FnOnce()>>,
}

fn show(wallet: StubWallet, locale: &str) -> WalletPage {
    let (host, wallet) = (new_host(), Rc::new(wallet));
    let signed_in = RwSignal::new(0);
    let changes = RwSignal::new(vec![]);
    let sign_in_requests = RwSignal::new(0);
    let api = Rc::clone(&wallet);
    let mut address = address();
    address.locale = Some(locale.to_owned());
    let handle = mount_to(host.clone().unchecked_into(), move || {
        let props = WalletProps::builder()
            .api(api.clone())
            .address(address.clone())
            .signed_in(Signal::from(signed_in))
            .on_sign_in(move |()| {
                sign_in_requests.update(|sign_in_requests| *sign_in_requests += 1)
            })
            .on_change(move |cards: Vec<_>| changes.update(|changes| changes.push(cards.len())))
            .build();
        Wallet(props)
    });
    WalletPage {
        host,
        wallet,
        signed_in,
        changes,
        sign_in_requests,
        unmount: Some(Box::new(move || drop(handle))),
    }
}

impl WalletPage {
    fn find(&self, selector: &str) -> Option<HtmlElement> {
        let found = self.host.query_selector(selector).unwrap();
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

    async fn wait_for_state(&self, state: &str) {
        wait_until(state, || self.state() == state).await;
    }

    async fn press(&self, action: &str) {
        let selector = format!("[data-action='{action}']");
        wait_until(&selector, || self.find(&selector).is_some()).await;
        self.find(&selector).unwrap().click();
        sleep(30).await;
    }

    async fn wait_for_focus(&self, name: &str) {
        wait_until(&format!("the focus on {name}"), || self.focused() == name).await;
    }

    async fn wait_for_text(&self, selector: &str, text: &str) {
        wait_until(&format!("{selector} to say {text:?}"), || {
            self.find(selector).is_some() && self.text(selector) == text
        })
        .await;
    }

    fn focused(&self) -> String {
        let active = super::support::document().active_element().unwrap();
        active.get_attribute("data-focus").unwrap_or_default()
    }
}

impl Drop for WalletPage {
    fn drop(&mut self) {
        self.unmount
            .take()
            .into_iter()
            .for_each(|unmount| unmount());
        self.host.remove();
    }
}

fn with_card() -> StubWallet {
    let wallet = StubWallet::default();
    wallet.cards.borrow_mut().push(card("cus_1|pm_old", "1111"));
    wallet
}

#[wasm_bindgen_test]
async fn an_empty_wallet_adds_its_first_card() {
    let page = show(StubWallet::default(), "en");
    assert_eq!(page.state(), "loading");
    page.wait_for_state("empty").await;
    page.press("add").await;
    assert_eq!(
        (page.state().as_str(), page.focused().as_str()),
        ("adding", "panel")
    );
    let frame = page.find("[data-card-entry]").unwrap();
    let iframe = connected_frame(&frame).await;
    run_in_frame(&iframe, &format!("result(1, '{PM}')"));
    page.wait_for_state("list").await;
    page.wait_for_text("[data-wallet-status]", "Visa ending in 4242 was saved.")
        .await;
    assert_eq!(
        page.find("[data-card]")
            .unwrap()
            .get_attribute("data-last4")
            .unwrap(),
        "4242"
    );
    page.wait_for_focus("row-0").await;
    assert!(page.find("iframe").is_none());
    assert_eq!(page.changes.get_untracked(), [0, 1]);
}

#[wasm_bindgen_test]
async fn a_replace_warns_first_and_can_be_canceled() {
    let page = show(with_card(), "en");
    page.wait_for_state("list").await;
    assert!(page.find("[data-action='add']").is_none());
    page.press("replace").await;
    page.wait_for_focus("warning").await;
    assert!(
        page.text(".ce-warning")
            .starts_with("Your new card will replace Visa ending in 1111.")
    );
    assert!(page.find("iframe").is_none());
    let escape = web_sys::KeyboardEventInit::new();
    escape.set_key("Escape");
    escape.set_bubbles(true);
    let event =
        web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &escape).unwrap();
    page.find(".ce-warning")
        .unwrap()
        .dispatch_event(&event)
        .unwrap();
    page.wait_for_state("list").await;
    page.wait_for_focus("replace-0").await;
    page.press("replace").await;
    page.press("replace-continue").await;
    let iframe = connected_frame(&page.find("[data-card-entry]").unwrap()).await;
    run_in_frame(&iframe, &format!("result(1, '{PM}')"));
    page.wait_for_state("list").await;
    page.wait_for_text(
        "[data-wallet-status]",
        "Visa ending in 4242 is now your card.",
    )
    .await;
    assert_eq!(
        page.host
            .query_selector_all("[data-card]")
            .unwrap()
            .length(),
        1
    );
}

#[wasm_bindgen_test]
async fn a_delete_is_confirmed_refused_with_its_reason_and_then_done() {
    let wallet = with_card();
    let why = "This card cannot be deleted because there is a pending appointment on 3 March.";
    wallet
        .delete_errors
        .borrow_mut()
        .push_back(WalletError::Refused(DisplayMessage::parse(why)));
    let page = show(wallet, "en");
    page.wait_for_state("list").await;
    page.press("delete").await;
    assert_eq!(
        (page.state().as_str(), page.focused().as_str()),
        ("confirming", "question-0")
    );
    page.press("cancel").await;
    page.wait_for_focus("delete-0").await;
    assert_eq!(page.wallet.count("delete"), 0);
    page.press("delete").await;
    page.press("delete-confirm").await;
    wait_until("the reason", || page.text("[data-wallet-alert]") == why).await;
    page.wait_for_focus("note-0").await;
    assert!(page.text(".ce-refused").contains("Replace this card"));
    page.press("cancel").await;
    page.press("delete").await;
    page.press("delete-confirm").await;
    page.wait_for_state("empty").await;
    page.wait_for_text("[data-wallet-status]", "Visa ending in 1111 was deleted.")
        .await;
    assert_eq!(page.wallet.count("delete"), 2);
}

#[wasm_bindgen_test]
async fn an_expired_session_keeps_the_form_mounted() {
    let wallet = StubWallet::default();
    wallet
        .list_errors
        .borrow_mut()
        .push_back(WalletError::SignInRequired);
    wallet
        .save_results
        .borrow_mut()
        .push_back(Err(WalletError::SignInRequired));
    let page = show(wallet, "en");
    page.wait_for_state("sign-in").await;
    page.press("sign-in").await;
    assert_eq!(page.sign_in_requests.get_untracked(), 1);
    page.signed_in.update(|n| *n += 1);
    page.wait_for_state("empty").await;
    page.press("add").await;
    let iframe = connected_frame(&page.find("[data-card-entry]").unwrap()).await;
    run_in_frame(
        &iframe,
        &format!("globalThis.typed = true; result(1, '{PM}')"),
    );
    page.wait_for_state("sign-in").await;
    assert!(
        run_in_frame(&iframe, "globalThis.typed").is_truthy(),
        "the same document is still there"
    );
    page.signed_in.update(|n| *n += 1);
    page.wait_for_state("list").await;
    assert_eq!(page.wallet.count("save"), 2);
}

#[wasm_bindgen_test]
async fn a_list_that_cannot_be_read_is_retried() {
    let wallet = with_card();
    wallet
        .list_errors
        .borrow_mut()
        .push_back(WalletError::Indeterminate);
    let page = show(wallet, "en");
    page.wait_for_state("error").await;
    assert!(page.text("[data-wallet-alert]").contains("couldn’t load"));
    page.press("retry").await;
    page.wait_for_state("list").await;
}

#[wasm_bindgen_test]
async fn nothing_is_left_after_unmount() {
    let resources = OpenResources::watch();
    wait_until("no timer of an earlier test", || resources.timers() == 0).await;
    let before = resources.count();
    let page = show(StubWallet::default(), "en");
    page.wait_for_state("empty").await;
    page.press("add").await;
    let iframe = connected_frame(&page.find("[data-card-entry]").unwrap()).await;
    run_in_frame(&iframe, "send('intent_request', {attempt: 1})");
    wait_until("listeners", || resources.count() != before).await;
    drop(page);
    wait_until("no listener, timer or port is left", || {
        resources.count() == before
    })
    .await;
}
