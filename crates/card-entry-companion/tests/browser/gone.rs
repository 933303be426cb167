//! Components that the page takes away in their own callbacks, at once: nothing of them is read or done afterwards. And
//! what they are drawn with, which a page with Trusted Types has to allow.

use std::cell::RefCell;
use std::rc::Rc;

use card_entry_companion::address::Place;
use card_entry_companion::checkout::settings::CheckoutSettings;
use card_entry_companion::checkout::{Stage, Start};
use card_entry_companion::leptos::{
    CardEntryFrame, CardEntryFrameProps, CardPresent, CardPresentProps, Checkout, CheckoutProps,
    Wallet, WalletProps,
};
use card_entry_companion::present::Shown;
use card_entry_companion::submission::NotSubmitted;
use card_entry_companion::wallet::Card;
use card_entry_companion::wallet_api::bokamera::BokaMera;
use card_entry_companion::wallet_api::quilt::Quilt;
use card_entry_protocol::card::Brand;
use card_entry_protocol::dialect::bokamera::{Guid, SessionId, StatusRequest};
use card_entry_protocol::dialect::quilt::steps::Sale;
use card_entry_protocol::dialect::quilt::{CardQuery, ExternalAccountId, ExternalCustomerId};
use card_entry_protocol::message::FieldName;
use card_entry_protocol::money::Decimal;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use super::support::*;

/// Takes everything off the page.
type Unmount = Box<dyn FnOnce()>;

/// A page that can take away what is mounted, from anywhere.
#[derive(Clone)]
struct Host {
    place: Element,
    mounted: Rc<RefCell<Option<Unmount>>>,
    told: Rc<RefCell<Vec<String>>>,
}

impl Host {
    fn new() -> Self {
        here(
            "globalThis.broken = []; globalThis.breaks ??= addEventListener('error', (event) => broken.push(event.message)) ?? true",
        );
        Self {
            place: place(),
            mounted: Rc::default(),
            told: Rc::default(),
        }
    }

    fn mount<V: IntoView + 'static>(&self, view: impl FnOnce() -> V + 'static) {
        let handle = mount_to(self.place.clone().unchecked_into(), view);
        self.mounted.replace(Some(Box::new(move || drop(handle))));
    }

    /// A callback that takes everything away, before it returns.
    fn take_away<T: 'static>(&self, name: &'static str) -> Callback<T> {
        let host = StoredValue::new_local(self.clone());
        Callback::new(move |_: T| {
            let Some(host) = host.try_get_value() else {
                return;
            };
            host.told.borrow_mut().push(name.to_owned());
            let unmount = host.mounted.take();
            unmount.into_iter().for_each(|unmount| unmount());
        })
    }

    fn told(&self) -> String {
        self.told.borrow().join(" ")
    }

    /// Nothing is left, and nothing broke in the tasks and frames to come.
    async fn ended(&self, name: &str) {
        until(name, || !self.told.borrow().is_empty()).await;
        sleep(120).await;
        assert_eq!(self.told(), name, "once");
        assert_eq!(self.place.inner_html().replace("<!---->", ""), "");
        assert_eq!(here("broken.join()").as_string().unwrap(), "", "{name}");
        self.place.remove();
    }
}

fn whose() -> CardQuery {
    CardQuery {
        external_customer_id: ExternalCustomerId::parse("ann").unwrap(),
        external_account_id: ExternalAccountId::parse("account").unwrap(),
    }
}

fn sale() -> Sale {
    Sale {
        account: whose().external_account_id,
        customer: whose().external_customer_id,
        transaction: None,
        amount: Decimal::parse("12.99").unwrap(),
    }
}

fn site() -> Place {
    Place::parse(&origin()).unwrap()
}

fn back() -> Start {
    Start::Back(StatusRequest {
        company: Guid::parse("dea5b9b5-9b5c-4d5e-8b5a-0123456789ab").unwrap(),
        session: SessionId::parse("cs_test_1").unwrap(),
    })
}

fn answer(status: u16) {
    here(&format!(
        "globalThis.fetch = async () => new Response('{{}}', {{status: {status}}})"
    ));
}

#[wasm_bindgen_test]
async fn the_wallet_goes_when_its_cards_are_told() {
    let host = Host::new();
    let gone = host.take_away::<Vec<Card>>("on_change");
    let wallet = StubWallet::default();
    wallet.cards.borrow_mut().push(card("cus_1|pm_a", "4242"));
    host.mount(move || {
        Wallet(
            WalletProps::builder()
                .api(Rc::new(wallet))
                .address(address())
                .on_change(gone)
                .build(),
        )
    });
    host.ended("on_change").await;
}

#[wasm_bindgen_test]
async fn the_form_goes_in_each_of_its_callbacks() {
    let rows = [
        ("on_saved", format!("result(1, '{PM}')")),
        ("on_error", "say('failure', {attempt: 1, error: {type: 'card_error', code: 'x', message: 'No.'}, retryable: true})".to_owned()),
        ("on_not_submitted", "say('not_submitted', {reason: 'incomplete', field: 'number'})".to_owned()),
        ("on_focus", "say('focus', {field: 'number'})".to_owned()),
        ("on_blur", "say('blur', {field: 'number'})".to_owned()),
        ("on_escape", "say('escape', {field: 'number'})".to_owned()),
        ("on_networks_change", "say('networks_change', {networks: ['visa', 'cartes_bancaires']})".to_owned()),
    ];
    for (name, script) in rows {
        let host = Host::new();
        let (saved, error) = (
            host.take_away::<Vec<Card>>("on_saved"),
            host.take_away::<String>("on_error"),
        );
        let not = host.take_away::<NotSubmitted>("on_not_submitted");
        let focus = host.take_away::<FieldName>("on_focus");
        let blur = host.take_away::<FieldName>("on_blur");
        let escape = host.take_away::<FieldName>("on_escape");
        let networks = host.take_away::<Vec<Brand>>("on_networks_change");
        host.mount(move || {
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
        until("mounted", || iframe_of(&host.place).is_some()).await;
        let iframe = linked(&host.place).await;
        run(&iframe, &script);
        host.ended(name).await;
    }
}

#[wasm_bindgen_test]
async fn the_page_s_own_button_presses_the_form_s_once_it_is_ready() {
    let host = Host::new();
    let presses = RwSignal::new(0);
    let told = RwSignal::new(Vec::new());
    host.mount(move || {
        CardEntryFrame(
            CardEntryFrameProps::builder()
                .api(Rc::new(StubWallet::default()))
                .address(address())
                .submit(Signal::from(presses))
                .on_not_submitted(move |not: NotSubmitted| told.update(|told| told.push(not)))
                .build(),
        )
    });
    until("mounted", || iframe_of(&host.place).is_some()).await;
    presses.set(1);
    sleep(20).await;
    let iframe = linked(&host.place).await;
    until("pressed", || heard(&iframe) == "submit").await;
    run(
        &iframe,
        "say('not_submitted', {reason: 'incomplete', field: 'name'})",
    );
    until("told", || !told.get_untracked().is_empty()).await;
    let not = NotSubmitted {
        reason: "incomplete",
        field: Some(FieldName::Name),
    };
    assert_eq!(told.get_untracked(), [not]);
    let unmount = host.mounted.take();
    unmount.into_iter().for_each(|unmount| unmount());
    host.place.remove();
}

#[wasm_bindgen_test]
async fn a_card_at_a_reader_goes_when_its_first_step_is_told() {
    answer(500);
    let host = Host::new();
    let gone = host.take_away::<Shown>("on_change");
    host.mount(move || {
        CardPresent(
            CardPresentProps::builder()
                .api(Rc::new(Quilt::new(&site(), whose())))
                .sale(Signal::stored(Some(sale())))
                .price(Signal::stored("$12.99".to_owned()))
                .script("/nothing.js")
                .on_change(gone)
                .locale(None)
                .build(),
        )
    });
    until("a button", || {
        host.place
            .query_selector("[data-action=take]")
            .unwrap()
            .is_some()
    })
    .await;
    let button = host
        .place
        .query_selector("[data-action=take]")
        .unwrap()
        .unwrap();
    button.unchecked_into::<web_sys::HtmlElement>().click();
    host.ended("on_change").await;
}

#[wasm_bindgen_test]
async fn a_checkout_goes_when_its_stage_is_told() {
    answer(500);
    let host = Host::new();
    let gone = host.take_away::<Stage>("on_stage");
    host.mount(move || {
        Checkout(
            CheckoutProps::builder()
                .api(BokaMera::new(&site()))
                .start(back())
                .settings(CheckoutSettings::default())
                .on_stage(gone)
                .build(),
        )
    });
    host.ended("on_stage").await;
}

#[wasm_bindgen_test]
async fn nothing_is_drawn_from_a_string_of_html() {
    answer(500);
    // What tachys draws static markup with; a template's content is read each time, its HTML is set once.
    here(
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
    let host = Host::new();
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
        one.label = Some("Work".to_owned());
        wallet.cards.borrow_mut().push(one);
    }
    host.mount(move || {
        let wallet = Wallet(
            WalletProps::builder()
                .api(Rc::new(wallet))
                .address(address())
                .build(),
        );
        let present = CardPresent(
            CardPresentProps::builder()
                .api(Rc::new(Quilt::new(&site(), whose())))
                .sale(Signal::stored(Some(sale())))
                .price(Signal::stored("$12.99".to_owned()))
                .locale(None)
                .build(),
        );
        let checkout = Checkout(
            CheckoutProps::builder()
                .api(BokaMera::new(&site()))
                .start(back())
                .settings(CheckoutSettings::default())
                .build(),
        );
        (wallet, present, checkout)
    });
    let press = |action: &str| {
        let button = host
            .place
            .query_selector(&format!("[data-action={action}]"));
        if let Ok(Some(button)) = button {
            button.unchecked_into::<web_sys::HtmlElement>().click();
        }
    };
    until("the list", || {
        host.place
            .query_selector_all("[data-card]")
            .unwrap()
            .length()
            == 5
    })
    .await;
    press("delete");
    sleep(30).await;
    press("cancel");
    sleep(30).await;
    press("add");
    until("the form", || iframe_of(&host.place).is_some()).await;
    assert_eq!(here("drawn.join()").as_string().unwrap(), "");
    here("undraw()");
    let unmount = host.mounted.take();
    unmount.into_iter().for_each(|unmount| unmount());
    host.place.remove();
}
