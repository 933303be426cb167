//! Braintree's fields and calls: Hosted Fields with the same interface as Stripe's.
//!
//! [`answer`] and [`options`] are plain data, tested natively; the rest exists in the browser only. The result is a
//! nonce, which needs no intent. Whether the bank accepts the card is known when the wallet vaults it. It must never
//! receive a card number: only Braintree's own frames have it. See
//! <https://developer.paypal.com/braintree/docs/guides/hosted-fields/overview/javascript/v3>.

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

/// Replaces Stripe's name by Braintree's in a text. The grammar stays correct in every language.
#[must_use]
pub fn replace_provider_name(sentence: &str) -> String {
    const NAME: &str = "Stripe";
    let mut renamed = String::new();
    let mut skipped = 0;
    for (at, letter) in sentence.char_indices() {
        if at < skipped {
            continue;
        }
        // Not `str::replace`: its searcher adds 6 kB to the Wasm.
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
