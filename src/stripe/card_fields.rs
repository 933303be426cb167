//! Stripe's card fields: three split elements, or the Payment Element.
//!
//! Mounted by the form once Stripe.js is loaded; dropping it removes the fields.

use std::rc::Rc;

use card_entry_protocol::message::FieldName;
use card_entry_protocol::query::FormFields;
use card_entry_protocol::secret::ClientSecret;
use card_entry_protocol::tree::Tree;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

use super::answer::{PaymentMethod, StripeIntent};
use super::client::{PendingCall, StripeClient, object, resolve};
use super::element::{Element, ElementEvent};
use super::field_style::FieldStyle;
use super::options::{ElementsOptions, payment_element};
use super::{StripeError, js};
use crate::js::write;

#[must_use = "dropping it takes the fields off the page"]
pub struct StripeFields {
    /// The client that the calls are made with.
    pub client: StripeClient,
    elements_group: js::Elements,
    elements: Vec<(FieldName, Element)>,
}

/// Stripe's name of a field.
fn kind(field: FieldName) -> &'static str {
    match field {
        FieldName::Number => "cardNumber",
        FieldName::Expiry => "cardExpiry",
        FieldName::Cvc => "cardCvc",
        _ => "payment",
    }
}

fn element_options(field: FieldName, options: &ElementsOptions<'_>) -> JsValue {
    let number = field == FieldName::Number;
    write(&match field {
        FieldName::Payment => payment_element(options.known),
        _ => options.field_style.card_element(number),
    })
}

fn set(of: &Object, key: &str, value: &JsValue) {
    // Setting a key of a new object cannot fail.
    let _ = Reflect::set(of, &key.into(), value);
}

impl StripeFields {
    /// The fields that Stripe draws for these settings.
    #[must_use]
    pub fn fields(fields: &FormFields) -> &'static [FieldName] {
        match fields {
            FormFields::CardOnly => &[FieldName::Number, FieldName::Expiry, FieldName::Cvc],
            FormFields::AllMethods { .. } => &[FieldName::Payment],
        }
    }

    /// Mounts each field into the element with its name below `host`.
    ///
    /// # Errors
    /// [`StripeError::thrown`] when Stripe.js throws or a mount point is missing.
    pub fn mount(
        client: StripeClient,
        options: &ElementsOptions<'_>,
        host: &web_sys::Element,
        on_event: Rc<dyn Fn(FieldName, ElementEvent)>,
    ) -> Result<Self, StripeError> {
        let elements_group = client.create_elements(options)?;
        let mut card_fields = Self {
            client,
            elements_group,
            elements: Vec::new(),
        };
        for field in Self::fields(options.fields) {
            let point = host
                .query_selector(&["#", field.as_str()].concat())
                .ok()
                .flatten()
                .ok_or_else(StripeError::thrown)?;
            // Stripe.js warns of any child node, and the view leaves an empty comment there.
            point.set_text_content(None);
            let on_event = on_event.clone();
            let on_field_event = Rc::new(move |what| on_event(*field, what));
            let element_options = element_options(*field, options);
            let element = Element::mount(
                &card_fields.elements_group,
                kind(*field),
                &element_options,
                &point,
                on_field_event,
            )?;
            card_fields.elements.push((*field, element));
        }
        Ok(card_fields)
    }

    #[must_use]
    pub fn field(&self, name: FieldName) -> Option<&Element> {
        self.elements
            .iter()
            .find_map(|(field, element)| (*field == name).then_some(element))
    }

    /// Applies another style to the fields.
    pub fn restyle(&self, field_style: &FieldStyle) {
        for (field, element) in &self.elements {
            if *field == FieldName::Payment {
                let appearance = write(&field_style.appearance());
                let _ = self
                    .elements_group
                    .update(&object("appearance", &appearance));
            } else {
                element.update(&object("style", &write(&field_style.style())));
            }
        }
    }

    /// Changes the language of Stripe's own texts.
    pub fn translate(&self, locale: &str) {
        let _ = self
            .elements_group
            .update(&object("locale", &locale.into()));
    }

    pub fn clear(&self) {
        for (_, element) in &self.elements {
            element.clear();
        }
    }

    /// The entered card as a call takes it; `None` for the Payment Element.
    fn entered_card(&self, billing: &Tree) -> Option<Object> {
        let number = self.field(FieldName::Number)?;
        let data = Object::new();
        set(&data, "card", number.as_js());
        if billing.is_map() {
            set(&data, "billing_details", &write(billing));
        }
        Some(data)
    }

    /// Confirms an intent with the entered card; Stripe then creates the payment method. `None` for the Payment
    /// Element.
    #[must_use]
    pub fn confirm(
        &self,
        secret: &ClientSecret,
        billing: &Tree,
    ) -> Option<PendingCall<StripeIntent>> {
        Some(
            self.client
                .confirm_with(secret, &self.entered_card(billing)?.into()),
        )
    }

    /// Creates the payment method. The request is sent before this returns.
    pub fn create_payment_method(&self, billing: &Tree) -> PendingCall<PaymentMethod> {
        let client = self.client.clone();
        // Called now, so that it runs at the same time as the request for an intent.
        if let Some(data) = self.entered_card(billing) {
            set(&data, "type", &"card".into());
            return client.create_payment_method(&data);
        }
        let data = Object::new();
        set(&data, "elements", self.elements_group.as_ref());
        if billing.is_map() {
            set(&data, "params", &object("billing_details", &write(billing)));
        }
        // The Payment Element must be submitted before it is used: it validates there.
        let submitted = self.elements_group.submit();
        Box::pin(async move {
            resolve(submitted, "selectedPaymentMethod").await?;
            client.create_payment_method(&data).await
        })
    }
}
