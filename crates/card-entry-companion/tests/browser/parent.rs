//! Hostile messages to the page: each row of the list, sent for real.

use super::support::*;
use card_entry_companion::guard::DropReason;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

const ROWS: &str = include_str!("../../../card-entry-protocol/hostile/legacy.json");

fn saved_message() -> String {
    format!(
        "({{isStripeCallback: true, id: '{PM}', card: {{brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2030, funding: 'credit', country: 'US'}}, setup: null}})"
    )
}

#[wasm_bindgen_test]
async fn every_hostile_message_has_its_outcome() {
    let rows: Vec<serde_json::Value> = serde_json::from_str(ROWS).unwrap();
    let page = mount(StubWallet::default());
    let iframe = fake_frame(&page.host).await;
    assert!(rows.len() > 60);
    for row in rows {
        let (name, data) = (&row["name"], row["data"].to_string());
        let before = (page.entry.drop_counts().total(), page.events.borrow().len());
        let script = format!(
            "postToParent(JSON.parse({}))",
            serde_json::Value::from(data.clone())
        );
        run_in_frame(&iframe, &script);
        // Messages arrive in order, so a second one marks the end of the first.
        run_in_frame(
            &iframe,
            "postToParent({isStripeFormHeight: true, height: 333})",
        );
        let marks = |n| {
            page.count(|event| *event == card_entry_companion::event::EntryEvent::Height(333)) > n
        };
        let seen =
            page.count(|event| *event == card_entry_companion::event::EntryEvent::Height(333));
        wait_until("the mark", || marks(seen)).await;
        let dropped = page.entry.drop_counts().total() - before.0;
        if row["outcome"] == "ACCEPT" {
            assert_eq!(dropped, 0, "{name}");
        } else {
            assert_eq!(dropped, 1, "{name}");
        }
    }
    wait_until("the save", || page.saved() == 1).await;
    assert_eq!(
        page.wallet.count("save"),
        1,
        "one card, however often it was sent"
    );
    assert!(page.entry.drop_counts().card_numbers >= 1, "the alarm");
}

#[wasm_bindgen_test]
async fn a_valid_message_from_another_window_is_dropped() {
    let page = mount(StubWallet::default());
    let ours = fake_frame(&page.host).await;
    let other = mount(StubWallet::default());
    let foreign = fake_frame(&other.host).await;
    run_in_frame(&foreign, &format!("postToParent({})", saved_message()));
    let own = format!("window.postMessage({}, location.origin)", saved_message());
    run_in_page(&own);
    wait_until("two drops", || {
        page.entry.drop_counts().of(DropReason::Source) == 2
    })
    .await;
    assert_eq!(page.wallet.count("save"), 0);
    let channel = run_in_frame(&ours, "channel").as_string().unwrap();
    run_in_frame(&foreign, &format!("hello('{channel}')"));
    wait_until("dropped by both", || {
        page.entry.drop_counts().of(DropReason::Source) == 3
            && other.entry.drop_counts().of(DropReason::State) == 1
    })
    .await;
    assert_eq!(
        run_in_frame(&foreign, "inits").as_f64(),
        Some(0.0),
        "frame A has no use for frame B's channel"
    );
}

#[wasm_bindgen_test]
async fn a_synthetic_event_is_dropped() {
    let page = mount(StubWallet::default());
    let iframe = fake_frame(&page.host).await;
    js_sys::Reflect::set(&js_sys::global(), &"victim".into(), &iframe).unwrap();
    run_in_page(&format!(
        "window.dispatchEvent(new MessageEvent('message', {{data: {}, origin: location.origin, source: victim.contentWindow}}))",
        saved_message()
    ));
    assert_eq!(page.entry.drop_counts().of(DropReason::Untrusted), 1);
    assert_eq!(page.wallet.count("save"), 0);
}

#[wasm_bindgen_test]
async fn a_frame_on_another_origin_is_removed() {
    let page = mount(StubWallet::default());
    let iframe = connected_frame(&page.host).await;
    page.wait_for_state("ready").await;
    let script = format!(
        "<script>parent.postMessage({}, '{}')</script>",
        saved_message(),
        origin()
    );
    let url = js_sys::encode_uri_component(&script).as_string().unwrap();
    iframe.set_src(&format!("data:text/html,{url}"));
    page.wait_for_state("unusable").await;
    assert_eq!(page.wallet.count("save"), 0);
    assert!(
        iframe_of(&page.host).is_none(),
        "the stranger is off the page"
    );
    let retry = page
        .host
        .query_selector("[data-action='retry']")
        .unwrap()
        .unwrap();
    retry.dyn_into::<web_sys::HtmlElement>().unwrap().click();
    connected_frame(&page.host).await;
    page.wait_for_state("ready").await;
}

#[wasm_bindgen_test]
async fn values_that_are_no_small_plain_objects_are_dropped() {
    let page = mount(StubWallet::default());
    let iframe = connected_frame(&page.host).await;
    page.wait_for_state("ready").await;
    let shapes = [
        "'isStripeCallback'",
        "null",
        "7",
        "undefined",
        "true",
        "[1, 2]",
        "new Date()",
        "new Map([['v', 1]])",
        "new Set()",
        "new Blob(['x'])",
        "new ArrayBuffer(64 << 20)",
        "new Uint8Array(1 << 20)",
        "/x/",
        "new Error('x')",
        "(() => { const a = {v: 1, type: 'ready'}; a.a = a; return a })()",
        "(() => { let a = {}; for (let n = 0; n < 1000; n++) a = {a}; return a })()",
        "Object.fromEntries(Array.from({length: 100000}, (_, n) => ['k' + n, n]))",
        "({v: 1, type: 'ready', x: 'y'.repeat(1 << 20)})",
        "({v: 1, type: 'ready', x: new Date()})",
        "({v: 1, type: 'ready', x: 10n})",
    ];
    let before = page.entry.drop_counts().of(DropReason::Shape);
    let started = js_sys::Date::now();
    for (n, shape) in shapes.iter().enumerate() {
        run_in_frame(&iframe, &format!("port.postMessage({shape})"));
        let wanted = before + u32::try_from(n).unwrap() + 1;
        wait_until(shape, || {
            page.entry.drop_counts().of(DropReason::Shape) == wanted
        })
        .await;
    }
    for shape in &shapes[..3] {
        run_in_frame(&iframe, &format!("postToParent({shape})"));
    }
    wait_until("three more", || {
        page.entry.drop_counts().of(DropReason::Shape) == before + 23
    })
    .await;
    let took = js_sys::Date::now() - started;
    assert!(took < 5000.0, "{took} ms");
    assert_eq!(page.state(), "ready");
}

#[wasm_bindgen_test]
async fn objects_that_are_no_protocol_messages_are_dropped() {
    let page = mount(StubWallet::default());
    let iframe = connected_frame(&page.host).await;
    page.wait_for_state("ready").await;
    let result = |changes: &str| {
        format!(
            "({{v: 1, type: 'result', attempt: 1, id: '{PM}', card: {{...card}}, setup: null, {changes}}})"
        )
    };
    let rows = [
        result("v: 2"),
        result("v: '1'"),
        result("type: 7"),
        result("id: 'tok_1QNCGJBb9dNaU75s'"),
        result("id: 'pm_<b>x</b>0000'"),
        result("id: 'pm_1QNC\\0GJBb9d'"),
        result("id: 'pm_1QNC\\u202eGJBb9d'"),
        result("id: 'pm_1QNC\\ud800GJBb9d'"),
        result("attempt: -1"),
        result("attempt: 1.5"),
        result("attempt: 1e300"),
        result("card: {...card, last4: '424'}"),
        result("card: {...card, exp_month: 13}"),
        result("card: {...card, exp_month: NaN}"),
        result("card: {...card, exp_year: 26}"),
        result("card: {...card, exp_year: Infinity}"),
        result("card: {...card, brand: '<b>'}"),
        result("card: [card]"),
        result("constructor: {}"),
        result("prototype: 1"),
        "JSON.parse('{\"v\": 1, \"type\": \"ready\", \"__proto__\": {\"polluted\": true}}')".to_owned(),
        "JSON.parse('{\"v\": 1, \"type\": \"change\", \"x\": {\"__proto__\": {\"polluted\": true}}}')".to_owned(),
        "({v: 1, type: 'challenge', open: 'yes'})".to_owned(),
        "({v: 1, type: 'failure', attempt: 1})".to_owned(),
        "({v: 1, type: 'unusable', code: '<b>', message: ''})".to_owned(),
        "({})".to_owned(),
    ];
    for (n, row) in rows.iter().enumerate() {
        run_in_frame(&iframe, &format!("port.postMessage({row})"));
        let wanted = u32::try_from(n).unwrap() + 1;
        wait_until(row, || {
            page.entry.drop_counts().of(DropReason::Schema) == wanted
        })
        .await;
    }
    assert_eq!(page.entry.drop_counts().card_numbers, 0);
    let alarms = [
        result("card: {...card, last4: '4242424242424242'}"),
        result("note: '4242 4242 4242 4242'"),
        result("note: 4242424242424242"),
        result("note: ['x', {y: '378282246310005'}]"),
    ];
    for row in &alarms {
        run_in_frame(&iframe, &format!("port.postMessage({row})"));
    }
    wait_until("four alarms", || page.entry.drop_counts().card_numbers == 4).await;
    assert!(run_in_page("({}).polluted === undefined").is_truthy());
    run_in_frame(&iframe, "send('later', {anything: 1})");
    sleep(50).await;
    assert_eq!(page.wallet.count("save"), 0);
    assert_eq!(
        page.entry.drop_counts().of(DropReason::State),
        0,
        "an unknown type is ignored"
    );
}

#[wasm_bindgen_test]
async fn a_legacy_message_beside_a_port_is_dropped() {
    let page = mount(StubWallet::default());
    let iframe = connected_frame(&page.host).await;
    page.wait_for_state("ready").await;
    run_in_frame(&iframe, &format!("postToParent({})", saved_message()));
    wait_until("a drop", || {
        page.entry.drop_counts().of(DropReason::State) == 1
    })
    .await;
    assert_eq!(page.wallet.count("save"), 0);
}

#[wasm_bindgen_test]
async fn a_repeated_legacy_message_is_one_save() {
    let page = mount(StubWallet::default());
    let iframe = fake_frame(&page.host).await;
    for _ in 0..5 {
        run_in_frame(
            &iframe,
            &format!("postToParent({0}); postToParent({0})", saved_message()),
        );
    }
    page.wait_for_state("saved").await;
    run_in_frame(&iframe, &format!("postToParent({})", saved_message()));
    sleep(50).await;
    assert_eq!((page.wallet.count("save"), page.saved()), (1, 1));
}

#[wasm_bindgen_test]
async fn junk_during_a_save_does_not_stop_it() {
    let page = mount(StubWallet {
        save_delay_ms: 1_500,
        ..StubWallet::default()
    });
    let iframe = connected_frame(&page.host).await;
    page.wait_for_state("ready").await;
    run_in_frame(&iframe, &format!("result(1, '{PM}')"));
    for _ in 0..20 {
        run_in_frame(
            &iframe,
            "for (let n = 0; n < 250; n++) { postToParent({source: 'react-devtools-bridge', payload: {n}}); port.postMessage('junk') }",
        );
        sleep(10).await;
    }
    page.wait_for_state("saved").await;
    assert_eq!(page.saved(), 1);
    assert!(
        page.entry.drop_counts().total() >= 9_000,
        "{:?}",
        page.entry.drop_counts()
    );
}
