//! The JSON object of a checkout session. The client secret of a hosted session must never be in it.

use super::{CheckoutMode, CheckoutSession, CheckoutStatus};
use crate::object::ui_mode::{CheckoutUi, Redirect, UiMode};
use serde_json::{Map, Value, json};

impl CheckoutSession {
    /// The JSON object in the API version `version`. `paid`: the payment has succeeded. `known_email`: the customer's
    /// email address. `page`: the base URL of the hosted pages.
    #[must_use]
    pub fn to_json(
        &self,
        version: &str,
        paid: bool,
        known_email: Option<&str>,
        page: &str,
    ) -> Value {
        let open = self.status == CheckoutStatus::Open;
        let ui_mode = self.ui.mode();
        let (payment, setup) = match &self.mode {
            CheckoutMode::Payment { intent } => (intent.as_deref(), None),
            CheckoutMode::Setup { intent } => (None, Some(intent.as_str())),
        };
        let payment_status = match (setup, paid) {
            (Some(_), _) => "no_payment_required",
            (None, true) => "paid",
            (None, false) => "unpaid",
        };
        let mut object = json!({
            "id": self.id,
            "object": "checkout.session",
            "amount_subtotal": self.total(),
            "amount_total": self.total(),
            "cancel_url": null,
            "client_reference_id": self.client_reference_id,
            "client_secret": (ui_mode != UiMode::Hosted).then_some(&self.client_secret),
            "created": self.created,
            "currency": self.currency,
            "customer": self.customer,
            "customer_creation": self.customer_creation,
            "customer_details": self.customer_details_json(known_email),
            "customer_email": self.customer_email,
            "expires_at": self.expires_at,
            "invoice_creation": self.invoice_creation(),
            "locale": self.locale,
            "metadata": self.metadata,
            "mode": self.mode.as_str(),
            "payment_intent": payment,
            "payment_method_collection": if setup.is_some() { "always" } else { "if_required" },
            "payment_method_options": { "card": { "request_three_d_secure": self.request_three_d_secure } },
            "payment_method_types": self.payment_method_types,
            "payment_status": payment_status,
            "setup_intent": setup,
            "status": self.status.as_str(),
            "submit_type": self.submit_type,
            "success_url": null,
            "total_details": self.total().map(|_| json!({ "amount_discount": 0, "amount_shipping": 0, "amount_tax": 0 })),
            "ui_mode": ui_mode.name(version),
            "url": (open && ui_mode == UiMode::Hosted).then(|| format!("{page}/c/pay/{}", self.id)),
        });
        if let Some(members) = object.as_object_mut() {
            members.extend(unused());
            members.extend(self.mode_members(version));
        }
        object
    }

    /// The members that only some modes and some versions have.
    fn mode_members(&self, version: &str) -> Map<String, Value> {
        let mut mode_members = Map::new();
        let mut add = |name: &str, value: Value| mode_members.insert(name.to_owned(), value);
        match &self.ui {
            CheckoutUi::Hosted {
                success_url,
                cancel_url,
            } => {
                add("success_url", json!(success_url));
                add("cancel_url", json!(cancel_url));
            }
            CheckoutUi::Embedded {
                return_url,
                redirect,
            } => {
                add("redirect_on_completion", json!(redirect.as_str()));
                if let (Some(url), false) = (return_url, *redirect == Redirect::Never) {
                    add("return_url", json!(url));
                }
            }
            CheckoutUi::Elements { return_url } => {
                if let Some(url) = return_url {
                    add("return_url", json!(url));
                }
            }
        }
        if version >= "2026-03-25" {
            add("integration_identifier", Value::Null);
            add("managed_payments", json!({ "enabled": false }));
        }
        if version.ends_with(".endive") {
            add("allowed_payment_method_types", Value::Null);
        }
        mode_members
    }

    fn customer_details_json(&self, known_email: Option<&str>) -> Value {
        let done = self
            .customer_details
            .as_ref()
            .filter(|_| self.status == CheckoutStatus::Complete);
        let email = done
            .and_then(|details| details.email.as_deref())
            .or(self.customer_email.as_deref())
            .or(known_email);
        if done.is_none() && email.is_none() {
            return Value::Null;
        }
        json!({
            "address": null,
            "business_name": null,
            "email": email,
            "individual_name": null,
            "name": done.and_then(|details| details.name.as_deref()),
            "phone": null,
            "tax_exempt": "none",
            "tax_ids": [],
        })
    }

    fn invoice_creation(&self) -> Value {
        match self.mode {
            CheckoutMode::Setup { .. } => Value::Null,
            CheckoutMode::Payment { .. } => json!({
                "enabled": false,
                "invoice_data": {
                    "account_tax_ids": null, "custom_fields": null, "description": null, "footer": null,
                    "issuer": null, "metadata": {}, "rendering_options": null,
                },
            }),
        }
    }
}

/// The members of features that are not modelled. They always have these values.
fn unused() -> Map<String, Value> {
    let unused = json!({
            "adaptive_pricing": { "enabled": false },
            "after_expiration": null,
            "allow_promotion_codes": null,
            "automatic_tax": { "enabled": false, "liability": null, "provider": null, "status": null },
            "billing_address_collection": null,
            "collected_information": null,
            "consent": null,
            "consent_collection": null,
            "currency_conversion": null,
            "custom_fields": [],
            "custom_text": { "after_submit": null, "shipping_address": null, "submit": null, "terms_of_service_acceptance": null },
            "customer_account": null,
            "discounts": [],
            "invoice": null,
            "livemode": false,
            "origin_context": null,
            "payment_link": null,
            "payment_method_configuration_details": null,
            "permissions": null,
            "phone_number_collection": { "enabled": false },
            "recovered_from": null,
            "saved_payment_method_options": null,
            "shipping_address_collection": null,
            "shipping_cost": null,
            "shipping_options": [],
            "subscription": null,
            "wallet_options": null,
    });
    unused.as_object().cloned().unwrap_or_default()
}
