//! Labels, focus, errors, and the fields of our own.

use super::support::{Page, environment, js, json, wait_for_render, wait_until};
use card_entry::config::PageEnvironment;
use wasm_bindgen_test::wasm_bindgen_test;

const ALL: &str = "{ fields: { name: 'show', postal_code: 'show', country: 'show' }, consent: { text: 'Keep it?', required: true } }";

#[wasm_bindgen_test]
async fn a_label_puts_the_focus_into_its_field() {
    let page = Page::ready("{}").await;
    page.click("#label-expiry");
    assert_eq!(json("fake.find('cardExpiry').focused"), 1);
}

#[wasm_bindgen_test]
async fn the_focus_ring_follows_the_field_s_events_and_the_parent_is_told() {
    let page = Page::ready("{}").await;
    js("fake.emit('cardCvc', 'focus')");
    wait_for_render().await;
    assert!(page.find("[data-field=cvc]").has_attribute("data-focus"));
    js("fake.emit('cardCvc', 'blur'); fake.emit('cardCvc', 'escape')");
    wait_for_render().await;
    assert!(!page.find("[data-field=cvc]").has_attribute("data-focus"));
    assert_eq!(page.wait_for_message("escape").await["field"], "cvc");
    assert_eq!(
        (page.messages("focus").len(), page.messages("blur").len()),
        (1, 1)
    );
}

#[wasm_bindgen_test]
async fn stripe_s_words_stand_beside_the_field_until_they_are_mended() {
    let page = Page::ready("{}").await;
    js(
        "fake.emit('cardNumber', 'change', { empty: false, complete: false, error: { type: 'validation_error', code: 'invalid_number', message: 'Your card number is invalid.' }, brand: 'visa' })",
    );
    wait_for_render().await;
    assert_eq!(page.text("#error-number"), "Your card number is invalid.");
    assert_eq!(
        page.find("#error-number")
            .get_attribute("aria-live")
            .unwrap(),
        "polite"
    );
    let change = page.wait_for_message("change").await;
    assert_eq!(
        (&change["error"]["code"], &change["brand"]),
        (&"invalid_number".into(), &"visa".into())
    );
    js("fake.emit('cardNumber', 'change', { empty: false, complete: true, brand: 'visa' })");
    wait_for_render().await;
    assert_eq!(page.text("#error-number"), "");
}

#[wasm_bindgen_test]
async fn save_on_an_empty_form_says_what_is_missing_and_goes_there() {
    let page = Page::ready("{}").await;
    page.click("#save");
    wait_for_render().await;
    assert_eq!(page.text("#error-number"), "Please enter the card number.");
    assert_eq!(
        page.text("#error-cvc"),
        "Please enter the security code (CVC/CVV)."
    );
    assert_eq!(json("fake.find('cardNumber').focused"), 1);
    assert_eq!(
        (page.phase().as_str(), json("fake.names()")),
        ("ready", "Stripe".into())
    );
}

#[wasm_bindgen_test]
async fn fields_are_shown_when_asked_for_with_their_autofill_tokens() {
    let page = Page::ready(ALL).await;
    for (css, token) in [
        ("#name", "cc-name"),
        ("#postal_code", "postal-code"),
        ("#country", "country"),
    ] {
        assert_eq!(page.find(css).get_attribute("autocomplete").unwrap(), token);
        assert!(page.find(css).offset_height() >= 44, "{css}");
    }
    let options = page.host.query_selector_all("#country option").unwrap();
    assert!(options.length() > 200);
    assert_eq!(page.text("#label-consent"), "Keep it?");
    page.run_in_parent("send('update', { settings: {} })");
    wait_until("hidden again", || {
        page.find("[data-field=name]").has_attribute("hidden")
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_card_number_in_the_name_is_refused_and_goes_nowhere() {
    let page = Page::ready(ALL).await;
    page.type_in("#name", "4242 4242 4242 4242");
    wait_for_render().await;
    assert!(
        page.text("#error-name")
            .starts_with("This looks like a card number.")
    );
    assert_eq!(
        page.find("#name").get_attribute("aria-invalid").unwrap(),
        "true"
    );
    let log = page.wait_for_message("log").await;
    assert_eq!(
        (&log["event"], &log["detail"]),
        (&"number_in_text".into(), &"name".into())
    );
    js("fake.complete()");
    page.click("#save");
    assert_eq!(json("fake.names()"), "Stripe");
    assert!(!format!("{:?}", page.inbox()).contains("4242 "));
}

#[wasm_bindgen_test]
async fn what_is_typed_is_sent_as_billing_details() {
    let page = Page::ready(ALL).await;
    js("fake.complete()");
    page.type_in("#name", " Ann Lee ");
    page.type_in("#postal_code", "94111");
    page.click("#save");
    wait_for_render().await;
    assert_eq!(page.text("#error-country"), "Please choose a country.");
    assert_eq!(page.text("#error-consent"), "Please tick the box to go on.");
    page.type_in("#country", "US");
    page.click("#consent");
    page.click("#save");
    wait_until("called", || {
        json("fake.names()") == "Stripe createPaymentMethod"
    })
    .await;
    let details = json("fake.calls[1][1].billing_details");
    assert_eq!(
        details,
        serde_json::json!({"name": "Ann Lee", "address": {"postal_code": "94111", "country": "US"}})
    );
}

const KNOWN: &str =
    "fields: { name: 'show', postal_code: 'show', country: 'show' }, billing_details: ";

fn value(page: &Page, css: &str) -> String {
    let value = js_sys::Reflect::get(&page.find(css), &"value".into()).unwrap();
    value.as_string().unwrap()
}

#[wasm_bindgen_test]
async fn what_the_site_knows_is_filled_in_and_typing_is_never_overwritten() {
    let page = Page::ready(&format!(
        "{{ {KNOWN} {{ name: 'Ann Lee', postal_code: 'SW20 8DZ', country: 'GB' }} }}"
    ))
    .await;
    wait_until("countries", || value(&page, "#country") == "GB").await;
    let shown = |page: &Page| ["#name", "#postal_code", "#country"].map(|css| value(page, css));
    assert_eq!(shown(&page), ["Ann Lee", "SW20 8DZ", "GB"]);
    page.type_in("#name", "Bo Ek");
    page.run_in_parent(&format!(
        "send('update', {{ settings: {{ {KNOWN} {{ name: 'Cy Poe', postal_code: '10001', country: 'US' }} }} }})"
    ));
    wait_until("the new ones", || value(&page, "#country") == "US").await;
    assert_eq!(shown(&page), ["Bo Ek", "10001", "US"]);
    js("fake.complete()");
    page.click("#save");
    wait_until("called", || {
        json("fake.names()") == "Stripe createPaymentMethod"
    })
    .await;
    assert_eq!(
        json("fake.calls[1][1].billing_details"),
        serde_json::json!({"name": "Bo Ek", "address": {"postal_code": "10001", "country": "US"}})
    );
}

#[wasm_bindgen_test]
async fn an_emptied_form_holds_what_is_known_again() {
    let page = Page::ready(&format!(
        "{{ {KNOWN} {{ name: 'Ann Lee', country: 'GB' }} }}"
    ))
    .await;
    wait_until("countries", || value(&page, "#country") == "GB").await;
    page.type_in("#name", "Bo Ek");
    page.type_in("#country", "FR");
    page.type_in("#postal_code", "75001");
    page.run_in_parent("send('reset')");
    wait_until("emptied", || value(&page, "#name") == "Ann Lee").await;
    wait_until("the country", || value(&page, "#country") == "GB").await;
    assert_eq!(value(&page, "#postal_code"), "");
}

#[wasm_bindgen_test]
async fn hong_kong_has_no_postal_code_and_ireland_may_have_one() {
    let page = Page::ready(ALL).await;
    page.type_in("#name", "Ann Lee");
    page.click("#consent");
    js("fake.complete()");
    page.type_in("#country", "US");
    page.click("#save");
    wait_for_render().await;
    assert_eq!(
        page.text("#error-postal_code"),
        "Please enter the postal code."
    );
    assert_eq!(
        page.find("#postal_code")
            .get_attribute("aria-required")
            .unwrap(),
        "true"
    );
    page.type_in("#country", "IE");
    wait_for_render().await;
    assert_eq!(page.text("#label-postal_code"), "Eircode (optional)");
    assert_eq!(
        page.find("#postal_code")
            .get_attribute("aria-required")
            .unwrap(),
        "false"
    );
    page.type_in("#country", "HK");
    wait_for_render().await;
    assert!(
        page.find("[data-field=postal_code]")
            .has_attribute("hidden")
    );
    page.click("#save");
    wait_until("called", || {
        json("fake.names()") == "Stripe createPaymentMethod"
    })
    .await;
    assert_eq!(
        json("fake.calls[1][1].billing_details"),
        serde_json::json!({"name": "Ann Lee", "address": {"country": "HK"}})
    );
}

#[wasm_bindgen_test]
async fn the_payment_element_offers_cards_alone() {
    for (version, option) in [
        ("3", "paymentMethodTypes"),
        ("'dahlia'", "paymentMethodTypes"),
        ("'endive'", "allowedPaymentMethodTypes"),
    ] {
        js(include_str!("stripe.js"));
        js(&format!("Stripe.version = {version}"));
        let page = Page::mount_only(&PageEnvironment {
            search: "?stripe_publishable_key=pk_test_demo&currency=usd&isForFutureUsage=true"
                .into(),
            ..environment("")
        });
        page.run_in_parent("sendInit()");
        page.wait_for_phase("ready").await;
        let group = json("fake.groups.at(-1)");
        for name in ["paymentMethodTypes", "allowedPaymentMethodTypes"] {
            let expected = if name == option {
                serde_json::json!(["card"])
            } else {
                serde_json::Value::Null
            };
            assert_eq!(group[name], expected, "{version} {name}");
        }
        assert_eq!(
            json("fake.find('payment').options.wallets"),
            serde_json::json!({"link": "never"})
        );
    }
}

#[wasm_bindgen_test]
async fn what_the_site_takes_is_said_before_save() {
    let page = Page::ready("{ accept: { brands: ['amex'] } }").await;
    assert_eq!(page.text("#takes"), "This site takes: American Express");
    js("fake.complete()");
    wait_for_render().await;
    assert_eq!(
        page.text("#error-number"),
        "This site doesn’t take this brand. Please use another card."
    );
    page.click("#save");
    assert_eq!(json("fake.names()"), "Stripe");
}

#[wasm_bindgen_test]
async fn looks_are_checked_values_and_reach_stripe_s_fields() {
    let page = Page::ready(
        "{ appearance: { theme: 'light', variables: { text: '#112233', accent: 'url(x)' } } }",
    )
    .await;
    wait_until("restyled", || {
        json("fake.find('cardNumber').updates.length") != 0
    })
    .await;
    assert_eq!(
        json("fake.find('cardNumber').updates.at(-1).style.base.color"),
        "rgb(17, 34, 51)"
    );
    assert_eq!(
        json("document.documentElement.style.cssText"),
        "--text: #112233;"
    );
    page.run_in_parent("send('update', { settings: {} })");
    wait_until("back to our own", || {
        json("document.documentElement.style.cssText") == ""
    })
    .await;
}

#[wasm_bindgen_test]
async fn the_button_s_text_is_the_host_s_and_it_can_be_hidden() {
    let page = Page::ready("{ button: { text: '<b>Keep</b>', hidden: true } }").await;
    assert_eq!(page.text("#save"), "<b>Keep</b>");
    assert!(page.find("#save").has_attribute("hidden"));
    page.run_in_parent("send('focus')");
    wait_until("focus", || json("fake.find('cardNumber').focused") == 1).await;
    page.run_in_parent("send('submit')");
    wait_until("pressed", || !page.text("#error-number").is_empty()).await;
}

#[wasm_bindgen_test]
async fn a_press_that_saves_nothing_says_why() {
    let page = Page::ready("{ fields: { name: 'show' } }").await;
    page.run_in_parent("send('submit')");
    let not = page.wait_for_message("not_submitted").await;
    assert_eq!(
        (&not["reason"], &not["field"]),
        (&"incomplete".into(), &"number".into())
    );
    js("fake.complete()");
    page.run_in_parent("inbox.length = 0; send('submit')");
    let not = page.wait_for_message("not_submitted").await;
    assert_eq!(
        (&not["reason"], &not["field"]),
        (&"incomplete".into(), &"name".into())
    );
    page.type_in("#name", "Ann Lee");
    page.run_in_parent("inbox.length = 0; send('submit'); send('submit')");
    let not = page.wait_for_message("not_submitted").await;
    assert_eq!(not["reason"], "busy");
    assert!(not.get("field").is_none(), "{not}");
    assert_eq!(
        page.messages("not_submitted").len(),
        1,
        "the first began a save"
    );
}

#[wasm_bindgen_test]
async fn the_networks_of_a_number_are_told_once_they_are_known() {
    let page = Page::ready("{}").await;
    js(
        "fake.emit('cardNumber', 'networkschange', { elementType: 'cardNumber', loading: true, networks: null })",
    );
    js(
        "fake.emit('cardNumber', 'networkschange', { elementType: 'cardNumber', loading: false, networks: ['cartes_bancaires', 'visa'] })",
    );
    let change = page.wait_for_message("networks_change").await;
    assert_eq!(
        change["networks"],
        serde_json::json!(["cartes_bancaires", "visa"])
    );
    assert_eq!(page.messages("networks_change").len(), 1);
}

#[wasm_bindgen_test]
async fn the_network_that_was_chosen_goes_with_the_card() {
    let page = super::save::filled_form().await;
    js(
        "fake.answers.createPaymentMethod = () => fake.method({ networks: { available: ['cartes_bancaires', 'visa'], preferred: 'cartes_bancaires' } })",
    );
    page.click("#save");
    let result = page.wait_for_message("result").await;
    assert_eq!(result["card"]["preferred_network"], "cartes_bancaires");
    assert_eq!(result["card"]["brand"], "visa");
}
