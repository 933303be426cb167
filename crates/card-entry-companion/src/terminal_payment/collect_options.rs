//! The options with which Stripe Terminal collects a card.
//!
//! Called by `terminal`, which writes them as a JavaScript object. They must never let more be authorized than the
//! amount
//! of the sale, because only that is captured.
//! See <https://docs.stripe.com/terminal/references/api/js-sdk#collect-payment-method>.

use card_entry_protocol::tree::Tree;

/// The options of `collectPaymentMethod`: the reader does not ask for a tip. A tip would be authorized and never
/// captured.
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]
pub(crate) fn collect_options() -> Tree {
    let over = Tree::map(&mut [("skip_tipping", Tree::Flag(true))]);
    Tree::map(&mut [("config_override", over)])
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn the_reader_does_not_ask_for_a_tip() {
        let options = collect_options();
        let skip = options.get("config_override").get("skip_tipping");
        assert_eq!(*skip, Tree::Flag(true));
    }
}
