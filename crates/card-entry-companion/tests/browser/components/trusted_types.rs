//! What the components draw with: a page that enforces Trusted Types must be able to allow it.

use std::rc::Rc;

use card_entry_companion::checkout::settings::CheckoutSettings;
use card_entry_companion::leptos::{
    CardPresent, CardPresentProps, Checkout, CheckoutProps, Wallet, WalletProps,
};
use card_entry_companion::wallet_api::bokamera::BokaMera;
use card_entry_companion::wallet_api::quilt::Quilt;
use card_entry_protocol::card::Brand;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{RemovablePage, answer, customer, sale, site, status_page};
use crate::support::*;

#[wasm_bindgen_test]
async fn nothing_is_created_from_an_html_string() {
    answer(500);
    // What tachys draws static markup with; a template's content is read each time, its HTML is set once.
    run_in_page(
        "(() => {
            globalThis.drawn = [];
            const count = (of, name, method) => {
                const own = Object.getOwnPropertyDescriptor(of, name);
                Object.defineProperty(of, name, { ...own, [method]: function (value) { drawn.push(name); return own[method].call(this, value); } });
                return () => Object.defineProperty(of, name, own);
            };
            const undo = [count(Element.prototype, 'innerHTML', 'set'), count(HTMLTemplateElement.prototype, 'content', 'get')];
            globalThis.undraw = () => undo.forEach((call) => call());
        })()",
    );
    let page = RemovablePage::new();
    let wallet = StubWallet {
        many: true,
        ..StubWallet::default()
    };
    for (at, brand) in ["visa", "mastercard", "amex", "maestro", "eftpos_au"]
        .iter()
        .enumerate()
    {
        let mut one = card(&format!("pm_{at}"), "4242");
        one.brand = Brand::parse(brand).unwrap();
        one.label = Some("PaymentStep".to_owned());
        wallet.cards.borrow_mut().push(one);
    }
    page.mount(move || {
        let wallet = Wallet(
            WalletProps::builder()
                .api(Rc::new(wallet))
                .address(address())
                .build(),
        );
        let present = CardPresent(
            CardPresentProps::builder()
                .api(Rc::new(Quilt::new(&site(), customer())))
                .sale(Signal::stored(Some(sale())))
                .price(Signal::stored("$12.99".to_owned()))
                .locale(None)
                .build(),
        );
        let checkout = Checkout(
            CheckoutProps::builder()
                .api(BokaMera::new(&site()))
                .start(status_page())
                .settings(CheckoutSettings::default())
                .build(),
        );
        (wallet, present, checkout)
    });
    let find = |action: &str| {
        let selector = format!("[data-action={action}]");
        page.element.query_selector(&selector).unwrap()
    };
    let is_there = |action: &str| find(action).is_some();
    let press = |action: &str| {
        let button = find(action).unwrap();
        button.unchecked_into::<web_sys::HtmlElement>().click();
    };
    wait_until("the list", || {
        page.element
            .query_selector_all("[data-card]")
            .unwrap()
            .length()
            == 5
    })
    .await;
    for action in ["delete", "cancel", "add"] {
        wait_until(action, || is_there(action)).await;
        press(action);
    }
    wait_until("the form", || iframe_of(&page.element).is_some()).await;
    assert_eq!(run_in_page("drawn.join()").as_string().unwrap(), "");
    run_in_page("undraw()");
    let unmount = page.mounted.take();
    unmount.into_iter().for_each(|unmount| unmount());
    page.element.remove();
}
