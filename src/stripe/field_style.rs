//! The style of the provider's fields, as plain data.
//!
//! Read from the page's style sheet by `appearance`; Braintree's fields use it too. It must never contain
//! anything but computed CSS values.

use card_entry_protocol::tree::Tree;

/// The colours and the font of the provider's fields, computed from the page's style sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldStyle {
    pub text: String,
    pub muted: String,
    pub danger: String,
    pub field: String,
    pub accent: String,
    pub family: String,
    /// The size of the typed text, CSS pixels.
    pub size: String,
}

impl FieldStyle {
    /// `style` of a card element, <https://docs.stripe.com/js/appendix/style>.
    #[must_use]
    pub fn style(&self) -> Tree {
        let color = |color: &str| Tree::map(&mut [("color", Tree::text(color))]);
        let base = Tree::map(&mut [
            ("color", Tree::text(&self.text)),
            ("iconColor", Tree::text(&self.muted)),
            ("fontFamily", Tree::text(&self.family)),
            ("fontSize", Tree::text(&self.size)),
            ("lineHeight", Tree::text("24px")),
            ("::placeholder", color(&self.muted)),
            (":-webkit-autofill", color(&self.text)),
        ]);
        Tree::map(&mut [("base", base), ("invalid", color(&self.danger))])
    }

    /// Options of a card element, <https://docs.stripe.com/js/elements_object/create_element?type=cardNumberElement>.
    #[must_use]
    pub fn card_element(&self, number: bool) -> Tree {
        // Both are allowed on the number only. No Link button in it: this form is about one card.
        let number = if number { Tree::Flag(true) } else { Tree::Null };
        Tree::sparse(&mut [
            ("style", self.style()),
            ("showIcon", number.clone()),
            ("disableLink", number),
        ])
    }

    /// `appearance` of the Payment Element, <https://docs.stripe.com/elements/appearance-api>.
    #[must_use]
    pub fn appearance(&self) -> Tree {
        let variables = Tree::map(&mut [
            ("colorPrimary", Tree::text(&self.accent)),
            ("colorBackground", Tree::text(&self.field)),
            ("colorText", Tree::text(&self.text)),
            ("colorDanger", Tree::text(&self.danger)),
            ("fontFamily", Tree::text(&self.family)),
        ]);
        Tree::map(&mut [("variables", variables)])
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn only_the_number_field_has_an_icon() {
        let field_style = FieldStyle::default();
        assert!(field_style.card_element(true).get("showIcon").is_true());
        assert_eq!(field_style.card_element(false).get("showIcon"), &Tree::Null);
    }
}
