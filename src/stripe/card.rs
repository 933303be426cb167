//! The card fields together: three split elements, or the Payment Element.
//!
//! Mounted by the form once Stripe.js is there; dropping it takes the fields off the page.

use card_entry_protocol::message::FieldName;
use card_entry_protocol::query::Fields;
use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::answer::PaymentMethod;
use super::client::{Client, object, to_js};
use super::element::{Element, Happening};
use super::options::{BillingDetails, CardElement, Group, Look};
use super::{StripeError, js};

/// The fields, mounted.
#[must_use = "dropping it takes the fields off the page"]
pub struct Card {
    /// What the calls are made on.
    pub client: Client,
    group: js::Elements,
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

fn options(field: FieldName, look: &Look) -> Result<JsValue, StripeError> {
    if field == FieldName::Payment {
        return Ok(Object::new().into());
    }
    let number = (field == FieldName::Number).then_some(true);
    to_js(&CardElement {
        style: look.style(),
        show_icon: number,
        disable_link: number,
    })
}

impl Card {
    /// The fields Stripe draws for these settings.
    #[must_use]
    pub fn fields(fields: &Fields) -> &'static [FieldName] {
        match fields {
            Fields::CardOnly => &[FieldName::Number, FieldName::Expiry, FieldName::Cvc],
            Fields::AllMethods { .. } => &[FieldName::Payment],
        }
    }

    /// Mounts every field into the element of its name below `host`.
    ///
    /// # Errors
    /// [`StripeError::thrown`] when Stripe.js throws or a mount point is missing.
    pub fn mount<F>(
        client: Client,
        fields: &Fields,
        group: &Group<'_>,
        look: &Look,
        host: &web_sys::Element,
        happened: F,
    ) -> Result<Self, StripeError>
    where
        F: Fn(FieldName, Happening) + Clone + 'static,
    {
        let group = client.group(group)?;
        let mut elements = Vec::new();
        for field in Self::fields(fields) {
            let point = host
                .query_selector(&["#", field.as_str()].concat())
                .ok()
                .flatten()
                .ok_or_else(StripeError::thrown)?;
            let happened = happened.clone();
            let told = move |what| happened(*field, what);
            let options = options(*field, look)?;
            elements.push((
                *field,
                Element::mount(&group, kind(*field), &options, &point, told)?,
            ));
        }
        Ok(Self {
            client,
            group,
            elements,
        })
    }

    /// One of the fields.
    #[must_use]
    pub fn field(&self, name: FieldName) -> Option<&Element> {
        self.elements
            .iter()
            .find_map(|(field, element)| (*field == name).then_some(element))
    }

    /// Draws the fields in other colours and letters.
    pub fn restyle(&self, look: &Look) {
        for (field, element) in &self.elements {
            let options = if *field == FieldName::Payment {
                continue;
            } else {
                to_js(&Style {
                    style: look.style(),
                })
            };
            if let Ok(options) = options {
                element.update(&options);
            }
        }
        if self.field(FieldName::Payment).is_some()
            && let Ok(appearance) = to_js(&look.appearance())
        {
            let _ = self.group.update(&object("appearance", &appearance));
        }
    }

    /// Says Stripe's own texts in another language.
    pub fn translate(&self, locale: &str) {
        let _ = self.group.update(&object("locale", &locale.into()));
    }

    /// Empties every field.
    pub fn clear(&self) {
        for (_, element) in &self.elements {
            element.clear();
        }
    }

    /// Makes the payment method; the request is on its way when this returns.
    pub fn create_payment_method(
        &self,
        billing: &BillingDetails,
    ) -> impl Future<Output = Result<PaymentMethod, StripeError>> + use<> {
        let data = Object::new();
        let set = |of: &Object, key: &str, value: &JsValue| {
            let _ = Reflect::set(of, &key.into(), value);
        };
        let billing = (!billing.is_empty()).then(|| to_js(billing).unwrap_or_default());
        let submitted = match self.field(FieldName::Number) {
            Some(number) => {
                set(&data, "type", &"card".into());
                set(&data, "card", number.as_js());
                if let Some(billing) = billing {
                    set(&data, "billing_details", &billing);
                }
                None
            }
            None => {
                set(&data, "elements", self.group.as_ref());
                if let Some(billing) = billing {
                    set(&data, "params", &object("billing_details", &billing));
                }
                // The Payment Element must be submitted before it is used: it validates there.
                Some(self.group.submit())
            }
        };
        let client = self.client.clone();
        // Split fields: called now, so that the request leaves beside the one for an intent.
        let now = submitted
            .is_none()
            .then(|| client.create_payment_method(&data));
        async move {
            if let Some(submitted) = submitted {
                check_submitted(submitted).await?;
            }
            match now {
                Some(call) => call.await,
                None => client.create_payment_method(&data).await,
            }
        }
    }
}

/// `elements.submit()` resolves to `{}` or `{error}`.
async fn check_submitted(call: Result<Promise, JsValue>) -> Result<(), StripeError> {
    let promise = call.map_err(|_| StripeError::thrown())?;
    let answer = JsFuture::from(Promise::resolve(&promise))
        .await
        .map_err(|_| StripeError::thrown())?;
    let error = Reflect::get(&answer, &"error".into()).unwrap_or_default();
    if error.is_object() {
        return Err(StripeError::read(&error));
    }
    Ok(())
}

/// `{style}` alone: the other options of a card element cannot be changed.
#[derive(serde::Serialize)]
struct Style<'a> {
    style: super::options::Style<'a>,
}
