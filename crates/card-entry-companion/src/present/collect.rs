//! What Stripe Terminal is told when it is to collect a card.
//!
//! Called by `terminal`, which writes it as a JavaScript object. It must never let more be authorized than the sale's
//! amount: that is what is captured.
//! See <https://docs.stripe.com/terminal/references/api/js-sdk#collect-payment-method>.

use card_entry_protocol::tree::Tree;

/// The options of `collectPaymentMethod`: no tip is asked for at the reader. One on top of the sale would be authorized
/// and never taken.
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]
pub(crate) fn collect_options() -> Tree {
    let over = Tree::map(&mut [("skip_tipping", Tree::Flag(true))]);
    Tree::map(&mut [("config_override", over)])
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn no_tip_is_asked_for() {
        let options = collect_options();
        let skip = options.get("config_override").get("skip_tipping");
        assert_eq!(*skip, Tree::Flag(true));
    }
}
