//! The form's own fields: name, postal code, country and consent; and the Payment Element, which asks for them itself.

use super::support::{Page, environment, js, json, wait_for_render, wait_until};
use card_entry::config::PageEnvironment;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

const ALL_FIELDS: &str = "fields: { name: 'show', postal_code: 'show', country: 'show' }";

/// A form with every own field and the consent box.
async fn full_form() -> Page {
    Page::ready(&format!(
        "{{ {ALL_FIELDS}, consent: {{ text: 'Keep it?', required: true }} }}"
    ))
    .await
}

/// A form with every own field, prefilled with `details`.
async fn prefilled_form(details: &str) -> Page {
    let page = Page::ready(&format!(
        "{{ {ALL_FIELDS}, billing_details: {{ {details} }} }}"
    ))
    .await;
    wait_until("the country", || page.value("#country") == "GB").await;
    page
}

/// Presses Save and returns the `billing_details` that Stripe gets.
async fn save(page: &Page) -> serde_json::Value {
    page.click("#save");
    wait_until("the call", || {
        json("fake.names()") == "Stripe createPaymentMethod"
    })
    .await;
    json("fake.calls[1][1].billing_details")
}

#[wasm_bindgen_test]
async fn shown_fields_have_their_autofill_tokens() {
    let page = full_form().await;
    for (css, token) in [
        ("#name", "cc-name"),
        ("#postal_code", "postal-code"),
        ("#country", "country"),
    ] {
        assert_eq!(page.attribute(css, "autocomplete"), token);
        assert!(page.find(css).offset_height() >= 44, "{css}");
    }
    let options = page.host.query_selector_all("#country option").unwrap();
    assert!(options.length() > 200);
    assert_eq!(page.text("#label-consent"), "Keep it?");
    page.run_in_parent("send('update', { settings: {} })");
    wait_until("the hidden field", || {
        page.find("[data-field=name]").has_attribute("hidden")
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_card_number_in_the_name_is_refused_and_not_sent() {
    let page = full_form().await;
    page.type_in("#name", "4242 4242 4242 4242");
    wait_for_render().await;
    assert!(
        page.text("#error-name")
            .starts_with("This looks like a card number.")
    );
    assert_eq!(page.attribute("#name", "aria-invalid"), "true");
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
async fn typed_values_are_sent_as_billing_details() {
    let page = full_form().await;
    js("fake.complete()");
    page.type_in("#name", " Ann Lee ");
    page.type_in("#postal_code", "94111");
    page.click("#save");
    wait_for_render().await;
    assert_eq!(page.text("#error-country"), "Please choose a country.");
    assert_eq!(page.text("#error-consent"), "Please tick the box to go on.");
    page.type_in("#country", "US");
    page.click("#consent");
    assert_eq!(
        save(&page).await,
        json!({"name": "Ann Lee", "address": {"postal_code": "94111", "country": "US"}})
    );
}

#[wasm_bindgen_test]
async fn known_values_are_prefilled_and_never_overwrite_typed_ones() {
    let page = prefilled_form("name: 'Ann Lee', postal_code: 'SW20 8DZ', country: 'GB'").await;
    let values = || ["#name", "#postal_code", "#country"].map(|css| page.value(css));
    assert_eq!(values(), ["Ann Lee", "SW20 8DZ", "GB"]);
    page.type_in("#name", "Bo Ek");
    page.run_in_parent(&format!(
        "send('update', {{ settings: {{ {ALL_FIELDS}, billing_details: {{ name: 'Cy Poe', postal_code: '10001', country: 'US' }} }} }})"
    ));
    wait_until("the new country", || page.value("#country") == "US").await;
    assert_eq!(values(), ["Bo Ek", "10001", "US"]);
    js("fake.complete()");
    assert_eq!(
        save(&page).await,
        json!({"name": "Bo Ek", "address": {"postal_code": "10001", "country": "US"}})
    );
}

#[wasm_bindgen_test]
async fn a_reset_form_has_the_known_values_again() {
    let page = prefilled_form("name: 'Ann Lee', country: 'GB'").await;
    for (css, text) in [
        ("#name", "Bo Ek"),
        ("#country", "FR"),
        ("#postal_code", "75001"),
    ] {
        page.type_in(css, text);
    }
    page.run_in_parent("send('reset')");
    wait_until("the name", || page.value("#name") == "Ann Lee").await;
    wait_until("the country", || page.value("#country") == "GB").await;
    assert_eq!(page.value("#postal_code"), "");
}

#[wasm_bindgen_test]
async fn the_country_decides_about_the_postal_code() {
    let page = full_form().await;
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
    assert_eq!(page.attribute("#postal_code", "aria-required"), "true");
    page.type_in("#country", "IE");
    wait_for_render().await;
    assert_eq!(page.text("#label-postal_code"), "Eircode (optional)");
    assert_eq!(page.attribute("#postal_code", "aria-required"), "false");
    page.type_in("#country", "HK");
    wait_for_render().await;
    assert!(
        page.find("[data-field=postal_code]")
            .has_attribute("hidden")
    );
    assert_eq!(
        save(&page).await,
        json!({"name": "Ann Lee", "address": {"country": "HK"}})
    );
}

#[wasm_bindgen_test]
async fn the_payment_element_offers_only_cards() {
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
        let options = json("fake.groups.at(-1)");
        for name in ["paymentMethodTypes", "allowedPaymentMethodTypes"] {
            let expected = if name == option {
                json!(["card"])
            } else {
                json!(null)
            };
            assert_eq!(options[name], expected, "{version} {name}");
        }
        assert_eq!(
            json("fake.find('payment').options.wallets"),
            json!({"link": "never"})
        );
    }
}
