//! The Leptos components on a page that can remove them at any time.

mod trusted_types;
mod unmount;

use crate::support::*;
use card_entry_companion::address::BaseUrl;
use card_entry_companion::checkout::CheckoutStart;
use card_entry_protocol::dialect::bokamera::{Guid, SessionId, StatusRequest};
use card_entry_protocol::dialect::quilt::steps::Sale;
use card_entry_protocol::dialect::quilt::{CardQuery, ExternalAccountId, ExternalCustomerId};
use card_entry_protocol::money::Decimal;
use leptos::mount::mount_to;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Unmounts everything that is mounted.
type Unmount = Box<dyn FnOnce()>;

/// A page whose components can be removed at any moment, even inside their callbacks.
#[derive(Clone)]
struct RemovablePage {
    element: Element,
    mounted: Rc<RefCell<Option<Unmount>>>,
    calls: Rc<RefCell<Vec<String>>>,
}

impl RemovablePage {
    fn new() -> Self {
        run_in_page(
            "globalThis.broken = []; globalThis.breaks ??= addEventListener('error', (event) => broken.push(event.message)) ?? true",
        );
        Self {
            element: new_host(),
            mounted: Rc::default(),
            calls: Rc::default(),
        }
    }

    fn mount<V: IntoView + 'static>(&self, view: impl FnOnce() -> V + 'static) {
        let handle = mount_to(self.element.clone().unchecked_into(), view);
        self.mounted.replace(Some(Box::new(move || drop(handle))));
    }

    /// A callback that unmounts everything before it returns.
    fn remove_in<T: 'static>(&self, name: &'static str) -> Callback<T> {
        let page = StoredValue::new_local(self.clone());
        Callback::new(move |_: T| {
            let Some(page) = page.try_get_value() else {
                return;
            };
            page.calls.borrow_mut().push(name.to_owned());
            let unmount = page.mounted.take();
            unmount.into_iter().for_each(|unmount| unmount());
        })
    }

    fn calls(&self) -> String {
        self.calls.borrow().join(" ")
    }

    /// Expects that the callback was called once, that nothing is left on the page, and that no later task failed.
    async fn expect_removed(&self, name: &str) {
        wait_until(name, || !self.calls.borrow().is_empty()).await;
        sleep(120).await;
        assert_eq!(self.calls(), name, "once");
        assert_eq!(self.element.inner_html().replace("<!---->", ""), "");
        assert_eq!(
            run_in_page("broken.join()").as_string().unwrap(),
            "",
            "{name}"
        );
        self.element.remove();
    }
}

fn customer() -> CardQuery {
    CardQuery {
        external_customer_id: ExternalCustomerId::parse("ann").unwrap(),
        external_account_id: ExternalAccountId::parse("account").unwrap(),
    }
}

fn sale() -> Sale {
    Sale {
        account: customer().external_account_id,
        customer: customer().external_customer_id,
        transaction: None,
        amount: Decimal::parse("12.99").unwrap(),
    }
}

fn site() -> BaseUrl {
    BaseUrl::parse(&origin()).unwrap()
}

fn status_page() -> CheckoutStart {
    CheckoutStart::Return(StatusRequest {
        company: Guid::parse("dea5b9b5-9b5c-4d5e-8b5a-0123456789ab").unwrap(),
        session: SessionId::parse("cs_test_1").unwrap(),
    })
}

fn answer(status: u16) {
    run_in_page(&format!(
        "globalThis.fetch = async () => new Response('{{}}', {{status: {status}}})"
    ));
}
