//! A line item of a checkout session. Created by `api/checkout_items.rs`.

use serde_json::{Map, Value, json};

/// A line item, with the price that was created for it.
#[derive(Clone, Debug)]
pub struct LineItem {
    pub id: String,
    pub price: String,
    pub product: String,
    pub created: i64,
    pub name: String,
    pub currency: String,
    /// The price of one, in minor units of `currency`.
    pub unit_amount: u64,
    pub quantity: u64,
    pub tax_behavior: String,
    pub metadata: Map<String, Value>,
}

impl LineItem {
    /// The price of all, in minor units.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.unit_amount.saturating_mul(self.quantity)
    }

    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "id": self.id,
            "object": "item",
            "adjustable_quantity": null,
            "amount_discount": 0,
            "amount_subtotal": self.total(),
            "amount_tax": 0,
            "amount_total": self.total(),
            "currency": self.currency,
            "description": self.name,
            "metadata": self.metadata,
            "price": self.price_json(),
            "quantity": self.quantity,
        })
    }

    fn price_json(&self) -> Value {
        json!({
            "id": self.price,
            "object": "price",
            "active": false,
            "billing_scheme": "per_unit",
            "created": self.created,
            "currency": self.currency,
            "custom_unit_amount": null,
            "livemode": false,
            "lookup_key": null,
            "metadata": {},
            "nickname": null,
            "product": self.product,
            "recurring": null,
            "tax_behavior": self.tax_behavior,
            "tiers_mode": null,
            "transform_quantity": null,
            "type": "one_time",
            "unit_amount": self.unit_amount,
            "unit_amount_decimal": self.unit_amount.to_string(),
        })
    }
}
