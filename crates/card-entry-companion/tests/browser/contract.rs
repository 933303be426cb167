//! Checks the messages of the companion against the serde forms of the protocol: what one writes, the other parses.

use super::support::*;
use card_entry_companion::entry::CardEntry;
use card_entry_companion::event::EntryEvent;
use card_entry_companion::settings::HostSettings;
use card_entry_companion::wallet::WalletError;
use card_entry_protocol::appearance::{Appearance, Theme};
use card_entry_protocol::card::{Brand, CardDetails, Country, Funding, Last4, PaymentMethodId};
use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::expiry::{ExpMonth, ExpYear};
use card_entry_protocol::message::{
    Attempt, AttemptError, AttemptResult, Challenge, EmptyBody, FailureReport, FieldError,
    FormChange, FromFrame, Height, Init, IntentReply, IntentRequest, IntentResult, Log, LogEvent,
    ToFrame, UnusableReport,
};
use card_entry_protocol::settings::{Button, Consent, Settings};
use js_sys::Reflect;
use serde_wasm_bindgen::{Deserializer, Serializer, from_value};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlIFrameElement;

/// A theme that is set. `auto` would be replaced by the scheme of the page.
fn dark() -> Appearance {
    Appearance {
        theme: Theme::Dark,
        ..Appearance::default()
    }
}

/// Sends a message as the protocol serializes it.
fn send(iframe: &HtmlIFrameElement, message: &FromFrame) {
    let value = message.write(&Serializer::json_compatible()).unwrap();
    Reflect::set(&value, &"v".into(), &1.into()).unwrap();
    Reflect::set(&value, &"type".into(), &message.kind().into()).unwrap();
    let window: JsValue = iframe.content_window().unwrap().into();
    Reflect::set(&window, &"written".into(), &value).unwrap();
    run_in_frame(iframe, "port.postMessage(written)");
}

fn details(country: Option<&str>) -> CardDetails {
    CardDetails {
        brand: Brand::Other("girocard".to_owned()),
        last4: Last4::parse("0005").unwrap(),
        exp_month: ExpMonth::try_from(1).unwrap(),
        exp_year: ExpYear::try_from(2031).unwrap(),
        funding: Funding::Prepaid,
        country: country.and_then(Country::parse),
        preferred_network: None,
    }
}

fn failure() -> AttemptError {
    AttemptError {
        kind: "card_error".to_owned(),
        code: "card_declined".to_owned(),
        message: "Declined.".to_owned(),
        decline_code: Some("generic_decline".to_owned()),
        param: None,
    }
}

#[wasm_bindgen_test]
async fn messages_of_the_frame_are_parsed() {
    let page = mount(StubWallet::default());
    let iframe = connected_frame(&page.host).await;
    page.wait_for_state("ready").await;
    let change = |brand, error| FormChange {
        complete: true,
        empty: false,
        brand,
        error,
    };
    let error = FieldError {
        code: "incomplete_number".to_owned(),
        message: "Check.".to_owned(),
    };
    let full = change(Some(Brand::EftposAu), Some(error));
    let log = Log {
        event: LogEvent::NumberInText,
        detail: "name".to_owned(),
    };
    let unusable = UnusableReport {
        code: FrameErrorCode::ScriptSlow,
        message: "Slow.".to_owned(),
    };
    let failed = FailureReport {
        attempt: Attempt(1),
        error: failure(),
        retryable: false,
    };
    let rows = [
        (FromFrame::Ready(EmptyBody {}), EntryEvent::Ready),
        (
            FromFrame::Height(Height { height: 777 }),
            EntryEvent::Height(777),
        ),
        (
            FromFrame::Change(change(None, None)),
            EntryEvent::Change(change(None, None)),
        ),
        (FromFrame::Change(full.clone()), EntryEvent::Change(full)),
        (
            FromFrame::Challenge(Challenge { open: true }),
            EntryEvent::Challenge(true),
        ),
        (
            FromFrame::Challenge(Challenge { open: false }),
            EntryEvent::Challenge(false),
        ),
        (FromFrame::Log(log.clone()), EntryEvent::Log(log)),
        (
            FromFrame::Failure(failed),
            EntryEvent::Error(failure(), false),
        ),
        (
            FromFrame::Unusable(unusable),
            EntryEvent::Unusable("script_slow", "Slow.".to_owned()),
        ),
    ];
    for (message, event) in rows {
        send(&iframe, &message);
        wait_until(message.kind(), || {
            page.count(|events| *events == event) >= 1
        })
        .await;
    }
    for (n, country, setup) in [(2, None, None), (3, Some("FR"), Some("succeeded"))] {
        let outcome = AttemptResult {
            attempt: Attempt(n),
            id: PaymentMethodId::parse(&format!("pm_00000000{n}")).unwrap(),
            card: details(country),
            setup: setup.map(|status| IntentResult {
                id: "seti_1".to_owned(),
                status: status.to_owned(),
            }),
            consent: None,
        };
        send(&iframe, &FromFrame::Result(outcome.clone()));
        let same = |events: &EntryEvent| match events {
            EntryEvent::Saved(request, _) => {
                request.id == outcome.id
                    && request.card == outcome.card
                    && request.setup == outcome.setup
            }
            _ => false,
        };
        wait_until("the outcome", || page.count(same) == 1).await;
    }
    assert_eq!(page.entry.drop_counts().total(), 0);
}

#[wasm_bindgen_test]
async fn messages_to_the_frame_parse_as_protocol_messages() {
    let wallet = StubWallet::default();
    wallet
        .intent_errors
        .borrow_mut()
        .push_back(WalletError::Refused(None));
    wallet
        .save_results
        .borrow_mut()
        .push_back(Err(WalletError::Refused(None)));
    let page = mount(wallet);
    let iframe = connected_frame(&page.host).await;
    page.wait_for_state("ready").await;
    send(
        &iframe,
        &FromFrame::IntentRequest(IntentRequest {
            attempt: Attempt(1),
        }),
    );
    wait_until("an error", || received(&iframe) == "intent").await;
    send(
        &iframe,
        &FromFrame::IntentRequest(IntentRequest {
            attempt: Attempt(1),
        }),
    );
    wait_until("a secret", || received(&iframe) == "intent intent").await;
    run_in_frame(&iframe, &format!("result(1, '{PM}')"));
    wait_until("a refusal", || {
        received(&iframe).ends_with("not_saved:refused")
    })
    .await;
    run_in_frame(&iframe, "result(2, 'pm_another0001')");
    wait_until("saved", || received(&iframe).ends_with(" saved")).await;
    page.entry.submit(|_| ());
    page.entry.reset();
    page.entry.focus();
    let settings = Settings {
        locale: Some("fr".to_owned()),
        appearance: dark(),
        ..Settings::default()
    };
    page.entry.update(HostSettings::from(&settings));
    wait_until("all", || {
        received(&iframe).ends_with("submit reset focus update")
    })
    .await;
    let count = run_in_frame(&iframe, "received.length").as_f64().unwrap();
    let mut read = vec![];
    for n in 0..8 {
        let value = run_in_frame(&iframe, &format!("received[{n}]"));
        assert_eq!(
            Reflect::get(&value, &"v".into()).unwrap().as_f64(),
            Some(1.0)
        );
        let kind = Reflect::get(&value, &"type".into())
            .unwrap()
            .as_string()
            .unwrap();
        read.push(
            ToFrame::read(&kind, Deserializer::from(value))
                .unwrap()
                .unwrap(),
        );
    }
    assert_eq!(count, 8.0);
    let ToFrame::Intent(refused) = &read[0] else {
        panic!("{:?}", read[0]);
    };
    assert!(matches!(&refused.reply, IntentReply::Error(error) if error.code == "refused"));
    let ToFrame::Intent(secret) = &read[1] else {
        panic!("{:?}", read[1]);
    };
    assert!(
        matches!(&secret.reply, IntentReply::Secret(secret, None) if secret.as_str() == "seti_1_secret_2")
    );
    assert!(
        matches!(&read[2], ToFrame::NotSaved(body) if body.attempt == Attempt(1) && body.retryable)
    );
    assert!(matches!(&read[3], ToFrame::Saved(body) if body.attempt == Attempt(2)));
    assert!(matches!(&read[7], ToFrame::Update(update) if update.settings == settings.into()));
}

#[wasm_bindgen_test]
async fn the_init_carries_the_settings_as_they_were_set() {
    let settings = Settings {
        locale: Some("fr".to_owned()),
        appearance: dark(),
        button: Button {
            text: Some("Keep my card".to_owned()),
            hidden: true,
        },
        consent: Some(Consent {
            text: "You may charge it.".to_owned(),
            required: true,
        }),
        ..Settings::default()
    };
    let host = new_host();
    let entry = CardEntry::mount(
        &host,
        std::rc::Rc::new(StubWallet::default()),
        address(),
        HostSettings::from(&settings),
        |_| {},
    )
    .unwrap();
    let iframe = connected_frame(&host).await;
    let init: Init = from_value(run_in_frame(&iframe, "init")).unwrap();
    assert_eq!((init.version, init.settings), (1, settings.into()));
    drop(entry);
    host.remove();
}
