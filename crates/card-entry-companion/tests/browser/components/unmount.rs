//! Components that the page removes in their own callbacks: nothing of them is read or done afterwards.

use std::rc::Rc;

use card_entry_companion::checkout::CheckoutStage;
use card_entry_companion::checkout::settings::CheckoutSettings;
use card_entry_companion::leptos::{
    CardEntryFrame, CardEntryFrameProps, CardPresent, CardPresentProps, Checkout, CheckoutProps,
    Wallet, WalletProps,
};
use card_entry_companion::submission::NotSubmitted;
use card_entry_companion::terminal_payment::TerminalPaymentState;
use card_entry_companion::wallet::Card;
use card_entry_companion::wallet_api::bokamera::BokaMera;
use card_entry_companion::wallet_api::quilt::Quilt;
use card_entry_protocol::card::Brand;
use card_entry_protocol::message::FieldName;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{RemovablePage, answer, customer, sale, site, status_page};
use crate::support::*;

#[wasm_bindgen_test]
async fn the_wallet_can_be_removed_in_on_change() {
    let page = RemovablePage::new();
    let remove = page.remove_in::<Vec<Card>>("on_change");
    let wallet = StubWallet::default();
    wallet.cards.borrow_mut().push(card("cus_1|pm_a", "4242"));
    page.mount(move || {
        Wallet(
            WalletProps::builder()
                .api(Rc::new(wallet))
                .address(address())
                .on_change(remove)
                .build(),
        )
    });
    page.expect_removed("on_change").await;
}

#[wasm_bindgen_test]
async fn the_form_can_be_removed_in_each_callback() {
    let rows = [
        ("on_saved", format!("result(1, '{PM}')")),
        ("on_error", "send('failure', {attempt: 1, error: {type: 'card_error', code: 'x', message: 'No.'}, retryable: true})".to_owned()),
        ("on_not_submitted", "send('not_submitted', {reason: 'incomplete', field: 'number'})".to_owned()),
        ("on_focus", "send('focus', {field: 'number'})".to_owned()),
        ("on_blur", "send('blur', {field: 'number'})".to_owned()),
        ("on_escape", "send('escape', {field: 'number'})".to_owned()),
        ("on_networks_change", "send('networks_change', {networks: ['visa', 'cartes_bancaires']})".to_owned()),
    ];
    for (name, script) in rows {
        let page = RemovablePage::new();
        let (saved, error) = (
            page.remove_in::<Vec<Card>>("on_saved"),
            page.remove_in::<String>("on_error"),
        );
        let not = page.remove_in::<NotSubmitted>("on_not_submitted");
        let focus = page.remove_in::<FieldName>("on_focus");
        let blur = page.remove_in::<FieldName>("on_blur");
        let escape = page.remove_in::<FieldName>("on_escape");
        let networks = page.remove_in::<Vec<Brand>>("on_networks_change");
        page.mount(move || {
            CardEntryFrame(
                CardEntryFrameProps::builder()
                    .api(Rc::new(StubWallet::default()))
                    .address(address())
                    .on_saved(saved)
                    .on_error(error)
                    .on_not_submitted(not)
                    .on_focus(focus)
                    .on_blur(blur)
                    .on_escape(escape)
                    .on_networks_change(networks)
                    .build(),
            )
        });
        wait_until("mounted", || iframe_of(&page.element).is_some()).await;
        let iframe = connected_frame(&page.element).await;
        run_in_frame(&iframe, &script);
        page.expect_removed(name).await;
    }
}

#[wasm_bindgen_test]
async fn a_submit_of_the_page_waits_until_the_form_is_ready() {
    let page = RemovablePage::new();
    let presses = RwSignal::new(0);
    let calls = RwSignal::new(Vec::new());
    page.mount(move || {
        CardEntryFrame(
            CardEntryFrameProps::builder()
                .api(Rc::new(StubWallet::default()))
                .address(address())
                .submit(Signal::from(presses))
                .on_not_submitted(move |not: NotSubmitted| calls.update(|calls| calls.push(not)))
                .build(),
        )
    });
    wait_until("mounted", || iframe_of(&page.element).is_some()).await;
    presses.set(1);
    sleep(20).await;
    let iframe = connected_frame(&page.element).await;
    wait_until("pressed", || received(&iframe) == "submit").await;
    run_in_frame(
        &iframe,
        "send('not_submitted', {reason: 'incomplete', field: 'name'})",
    );
    wait_until("calls", || !calls.get_untracked().is_empty()).await;
    let not = NotSubmitted {
        reason: "incomplete",
        field: Some(FieldName::Name),
    };
    assert_eq!(calls.get_untracked(), [not]);
    let unmount = page.mounted.take();
    unmount.into_iter().for_each(|unmount| unmount());
    page.element.remove();
}

#[wasm_bindgen_test]
async fn a_reader_payment_can_be_removed_in_on_change() {
    answer(500);
    let page = RemovablePage::new();
    let remove = page.remove_in::<TerminalPaymentState>("on_change");
    page.mount(move || {
        CardPresent(
            CardPresentProps::builder()
                .api(Rc::new(Quilt::new(&site(), customer())))
                .sale(Signal::stored(Some(sale())))
                .price(Signal::stored("$12.99".to_owned()))
                .script("/nothing.js")
                .on_change(remove)
                .locale(None)
                .build(),
        )
    });
    wait_until("a button", || {
        page.element
            .query_selector("[data-action=take]")
            .unwrap()
            .is_some()
    })
    .await;
    let button = page
        .element
        .query_selector("[data-action=take]")
        .unwrap()
        .unwrap();
    button.unchecked_into::<web_sys::HtmlElement>().click();
    page.expect_removed("on_change").await;
}

#[wasm_bindgen_test]
async fn a_checkout_can_be_removed_in_on_stage() {
    answer(500);
    let page = RemovablePage::new();
    let remove = page.remove_in::<CheckoutStage>("on_stage");
    page.mount(move || {
        Checkout(
            CheckoutProps::builder()
                .api(BokaMera::new(&site()))
                .start(status_page())
                .settings(CheckoutSettings::default())
                .on_stage(remove)
                .build(),
        )
    });
    page.expect_removed("on_stage").await;
}
