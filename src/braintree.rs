//! Braintree as the page wants it: Hosted Fields behind the calls that the form makes of Stripe's.
//!
//! [`answer`] and [`options`] are plain data, tested natively; the rest is the browser's half. What is made of a card
//! here is a nonce; it needs no intent, and whether the bank takes it shows when the wallet keeps it. It must never be
//! given a card number: only Braintree's own frames see it.
//! See <https://developer.paypal.com/braintree/docs/guides/hosted-fields/overview/javascript/v3>.

pub mod answer;
#[cfg(target_arch = "wasm32")]
pub mod card_fields;
#[cfg(target_arch = "wasm32")]
pub mod client;
#[cfg(target_arch = "wasm32")]
mod js;
#[cfg(target_arch = "wasm32")]
pub mod load;
pub mod options;

/// A sentence that names Stripe, for a page that has Braintree's fields: the grammar is the same in every language.
#[must_use]
pub fn replace_provider_name(sentence: &str) -> String {
    const NAME: &str = "Stripe";
    let mut renamed = String::new();
    let mut skipped = 0;
    for (at, letter) in sentence.char_indices() {
        if at < skipped {
            continue;
        }
        // Not `replace`: its searcher is 6 kB of Wasm.
        if sentence
            .get(at..)
            .is_some_and(|rest| rest.starts_with(NAME))
        {
            renamed.push_str("Braintree");
            skipped = at + NAME.len();
        } else {
            renamed.push(letter);
        }
    }
    renamed
}
