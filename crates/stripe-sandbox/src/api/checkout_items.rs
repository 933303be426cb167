//! The `line_items[…]` of a new checkout session. Called by `checkout_create.rs`.

use super::RequestContext;
use crate::error::ApiError;
use crate::form::Params;
use crate::money;
use crate::object::{LineItem, now};

const MAX_LINE_ITEMS: usize = 100;

const KNOWN: &[&str] = &[
    "price",
    "quantity",
    "price_data][currency",
    "price_data][unit_amount",
    "price_data][tax_behavior",
    "price_data][product",
    "price_data][product_data][name",
    "price_data][product_data][description",
    "price_data][product_data][tax_code",
];

/// The line items of the call, in their order.
pub fn read(ctx: &mut RequestContext<'_>) -> Result<Vec<LineItem>, ApiError> {
    let params = ctx.params();
    let mut items = Vec::new();
    while params.has_any(&item_name(items.len())) {
        if items.len() == MAX_LINE_ITEMS {
            return Err(
                ApiError::invalid("Sessions can have at most 100 line items.").param("line_items"),
            );
        }
        let item = line_item(ctx, params, &item_name(items.len()))?;
        items.push(item);
    }
    let currencies = items.windows(2).all(|pair| match pair {
        [a, b] => a.currency == b.currency,
        _ => true,
    });
    if !currencies {
        return Err(
            ApiError::invalid("All line items must have the same currency.").param("line_items"),
        );
    }
    Ok(items)
}

fn item_name(index: usize) -> String {
    format!("line_items[{index}]")
}

fn line_item(
    ctx: &mut RequestContext<'_>,
    params: &Params,
    under: &str,
) -> Result<LineItem, ApiError> {
    let metadata_prefix = "price_data][product_data][metadata][";
    let images_prefix = "price_data][product_data][images][";
    for name in params.names_under(under) {
        if !KNOWN.contains(&name)
            && !name.starts_with(metadata_prefix)
            && !name.starts_with(images_prefix)
        {
            return Err(ApiError::parameter_unknown(&format!("{under}[{name}]")));
        }
    }
    let name = |rest: &str| format!("{under}[{rest}]");
    for (made, noun) in [("price", "prices"), ("price_data][product", "products")] {
        if params.text(&name(made)).is_some() {
            let what = format!("{noun} made beforehand; give price_data with product_data");
            return Err(ApiError::not_modelled(&what).param(&name(made)));
        }
    }
    let currency = params.required(&name("price_data][currency"))?;
    let currency = money::currency(currency, &name("price_data][currency"))?;
    let amount_name = name("price_data][unit_amount");
    let unit_amount = params
        .integer(&amount_name)?
        .ok_or_else(|| ApiError::parameter_missing(&amount_name))?;
    let quantity = params.integer(&name("quantity"))?.unwrap_or(1);
    let max_amount = currency.max_amount();
    if quantity == 0 || unit_amount.saturating_mul(quantity) > max_amount {
        return Err(ApiError::bad_value(
            "parameter_invalid_integer",
            &name("quantity"),
            &format!("The quantity must be at least 1 and the amount no more than {max_amount}."),
        ));
    }
    if unit_amount > 0 {
        money::part(unit_amount, currency.as_str(), &amount_name)?;
    }
    let product = params
        .required(&name("price_data][product_data][name"))?
        .to_owned();
    let ids = &mut ctx.account().ids;
    Ok(LineItem {
        id: ids.id("li"),
        price: ids.id("price"),
        product: ids.id("prod").chars().take(19).collect(),
        created: now(),
        name: product,
        currency: currency.as_str().to_owned(),
        unit_amount,
        quantity,
        tax_behavior: params
            .text(&name("price_data][tax_behavior"))
            .unwrap_or("unspecified")
            .to_owned(),
        metadata: serde_json::Map::new(),
    })
}
