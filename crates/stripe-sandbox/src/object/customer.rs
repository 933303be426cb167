//! A customer. Created and changed by `api/customers.rs`. A browser must never get one.

use serde_json::{Map, Value, json};

#[derive(Clone, Debug)]
pub struct Customer {
    pub id: String,
    pub created: i64,
    /// A deleted customer is kept, because Stripe still returns its id.
    pub deleted: bool,
    /// The values of the members [`Customer::TEXTS`].
    pub texts: Map<String, Value>,
    pub address: Map<String, Value>,
    pub metadata: Map<String, Value>,
    pub shipping: Value,
    /// Languages in the order of the customer's preference.
    pub preferred_locales: Vec<String>,
    pub tax_exempt: String,
    pub default_payment_method: Option<String>,
    /// The prefix of invoice numbers.
    pub invoice_prefix: String,
}

impl Customer {
    /// The members that are plain text.
    pub const TEXTS: &'static [&'static str] = &["email", "name", "phone", "description"];

    #[must_use]
    pub fn to_json(&self) -> Value {
        if self.deleted {
            return json!({ "id": self.id, "object": "customer", "deleted": true });
        }
        let text = |name: &str| self.texts.get(name).cloned().unwrap_or(Value::Null);
        let address = match self.address.is_empty() {
            true => Value::Null,
            false => {
                let line = |name: &str| self.address.get(name).cloned().unwrap_or(Value::Null);
                json!({
                    "city": line("city"), "country": line("country"), "line1": line("line1"),
                    "line2": line("line2"), "postal_code": line("postal_code"), "state": line("state"),
                })
            }
        };
        json!({
            "id": self.id,
            "object": "customer",
            "address": address,
            "balance": 0,
            "created": self.created,
            "currency": null,
            "customer_account": null,
            "default_source": null,
            "delinquent": false,
            "description": text("description"),
            "discount": null,
            "email": text("email"),
            "invoice_prefix": self.invoice_prefix,
            "invoice_settings": {
                "custom_fields": null,
                "default_payment_method": self.default_payment_method,
                "footer": null,
                "rendering_options": null,
            },
            "livemode": false,
            "metadata": self.metadata,
            "name": text("name"),
            "next_invoice_sequence": 1,
            "phone": text("phone"),
            "preferred_locales": self.preferred_locales,
            "shipping": self.shipping,
            "tax_exempt": self.tax_exempt,
            "test_clock": null,
        })
    }
}
