//! Reads the settings one by one, and notes what each that is wrong should be.
//!
//! Called by [`super::ParsedSettings::parse`]. It must never stop at a wrong value, nor keep one.

mod strict;

use super::ignored::IgnoredSettings;
use super::parse::UnreadableSettings;
use super::{
    BillingDetails, Button, ExtraFields, FieldDisplay, MAX_BUTTON_CHARS, ParsedSettings, Settings,
    is_locale,
};
use crate::appearance::{Appearance, Color, Length, Variables};
use crate::number::contains_card_number;
use crate::tree::{FromTree, Tree};

const TEXT: &str = "a text without a card number";
const OBJECT: &str = "an object";
const LOOK: &str = "appearance";
pub(super) const VARIABLES: &str = "appearance.variables";
pub(super) const COLOR: &str = "a CSS colour: a name, #rgb, rgb() or hsl()";
const LENGTH: &str = "a length below 100: 0, px, em or rem";
#[derive(Default)]
pub(super) struct SettingsReader {
    ignored: IgnoredSettings,
    unreadable: UnreadableSettings,
}

impl SettingsReader {
    pub(super) fn all(mut self, tree: &Tree) -> ParsedSettings {
        const KNOWN: [&str; 7] = [
            "locale",
            "appearance",
            "billing_details",
            "fields",
            "button",
            "consent",
            "accept",
        ];
        self.names(tree, "", &KNOWN);
        let locale = self.text(
            tree,
            "",
            "locale",
            "a BCP 47 tag such as fr-CA, or auto",
            is_locale,
        );
        let settings = Settings {
            locale,
            appearance: self.appearance(tree),
            billing_details: self.billing(tree),
            fields: self.fields(tree),
            button: self.button(tree),
            consent: self.consent(tree),
            accept: self.accept(tree),
        };
        ParsedSettings {
            settings,
            ignored: self.ignored.0,
            unreadable: self.unreadable,
        }
    }

    /// Notes the names that are none.
    fn names(&mut self, tree: &Tree, section: &str, known: &[&str]) {
        if let Tree::Map(entries) = tree {
            for (name, value) in entries {
                if *value != Tree::Null && !known.contains(&name.as_str()) {
                    self.ignored.push_unknown(section, name, known);
                }
            }
        }
    }

    /// An object within; null when there is none that can be read.
    fn section<'a>(&mut self, tree: &'a Tree, above: &str, key: &str) -> &'a Tree {
        match tree.get(key) {
            part @ (Tree::Map(_) | Tree::Null) => part,
            _ => {
                self.ignored.push(above, key, OBJECT);
                &Tree::Null
            }
        }
    }

    /// A value; none when it is left out or wrong.
    fn value<T: FromTree>(
        &mut self,
        tree: &Tree,
        section: &str,
        key: &str,
        expected: &str,
    ) -> Option<T> {
        let value = match tree.get(key) {
            Tree::Null => return None,
            value => T::from_tree(value),
        };
        if value.is_none() {
            self.ignored.push(section, key, expected);
        }
        value
    }

    /// A text that passes a check.
    fn text(
        &mut self,
        tree: &Tree,
        section: &str,
        key: &str,
        expected: &str,
        check: fn(&str) -> bool,
    ) -> Option<String> {
        let text: String = self.value(tree, section, key, expected)?;
        let good = !contains_card_number(&text) && check(&text);
        if !good {
            self.ignored.push(section, key, expected);
        }
        good.then_some(text)
    }

    /// Notes that a text is longer than what is shown of it.
    #[cfg(any(feature = "hints", not(target_arch = "wasm32")))]
    fn cut(&mut self, section: &str, key: &str, text: Option<&str>, most: usize) {
        if text.is_some_and(|text| text.trim().chars().nth(most).is_some()) {
            let most = most.to_string();
            let expected = ["at most ", &most, " characters, the rest is not shown"];
            self.ignored.push(section, key, &expected.concat());
        }
    }

    #[cfg(not(any(feature = "hints", not(target_arch = "wasm32"))))]
    fn cut(&mut self, _: &str, _: &str, _: Option<&str>, _: usize) {}

    fn appearance(&mut self, tree: &Tree) -> Appearance {
        let tree = self.section(tree, "", LOOK);
        self.names(tree, LOOK, &["theme", "variables"]);
        Appearance {
            theme: self
                .value(tree, LOOK, "theme", "light, dark or auto")
                .unwrap_or_default(),
            variables: self.variables(tree),
        }
    }

    fn variables(&mut self, tree: &Tree) -> Variables {
        let tree = self.section(tree, LOOK, "variables");
        self.names(tree, VARIABLES, &Variables::NAMES);
        Variables {
            accent: self.color(tree, "accent", "colorPrimary"),
            on_accent: self.color(tree, "on_accent", ""),
            background: self.color(tree, "background", ""),
            text: self.color(tree, "text", "colorText"),
            border: self.color(tree, "border", ""),
            danger: self.color(tree, "danger", "colorDanger"),
            radius: self.look(tree, "radius", "borderRadius", LENGTH),
            font_size: self.font_size(tree),
            font_family: self.look(tree, "font_family", "fontFamily", "names of fonts"),
        }
    }

    /// A size of nothing would hide every word, the consent's too.
    fn font_size(&mut self, tree: &Tree) -> Option<Length> {
        let size: Length = self.look(tree, "font_size", "fontSizeBase", LENGTH)?;
        let seen = size.as_str().bytes().any(|b| (b'1'..=b'9').contains(&b));
        if !seen {
            self.ignored
                .push(VARIABLES, "font_size", "a length above 0");
        }
        seen.then_some(size)
    }

    fn color(&mut self, tree: &Tree, name: &str, stripes: &str) -> Option<Color> {
        self.look(tree, name, stripes, COLOR)
    }

    /// A look under our name for it, or else under the one of Stripe's appearance API that means the same.
    fn look<T: FromTree>(
        &mut self,
        tree: &Tree,
        name: &str,
        stripes: &str,
        expected: &str,
    ) -> Option<T> {
        let key = if *tree.get(name) == Tree::Null {
            stripes
        } else {
            name
        };
        self.value(tree, VARIABLES, key, expected)
    }

    fn billing(&mut self, tree: &Tree) -> BillingDetails {
        const AT: &str = "billing_details";
        let tree = self.section(tree, "", AT);
        self.names(
            tree,
            AT,
            &["name", "email", "phone", "postal_code", "country"],
        );
        let any: fn(&str) -> bool = |_| true;
        BillingDetails {
            name: self.text(tree, AT, "name", TEXT, any),
            email: self.text(tree, AT, "email", TEXT, any),
            phone: self.text(tree, AT, "phone", TEXT, any),
            postal_code: self.text(tree, AT, "postal_code", TEXT, any),
            country: self.text(
                tree,
                AT,
                "country",
                "two capital letters such as US",
                |text| {
                    text.is_empty()
                        || text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())
                },
            ),
        }
    }

    fn fields(&mut self, tree: &Tree) -> ExtraFields {
        const AT: &str = "fields";
        let tree = self.section(tree, "", AT);
        self.names(tree, AT, &["name", "postal_code", "country"]);
        let mut shown = |key| -> FieldDisplay {
            self.value(tree, AT, key, "auto, show or hide")
                .unwrap_or_default()
        };
        ExtraFields {
            name: shown("name"),
            postal_code: shown("postal_code"),
            country: shown("country"),
        }
    }

    fn button(&mut self, tree: &Tree) -> Button {
        const AT: &str = "button";
        let tree = self.section(tree, "", AT);
        self.names(tree, AT, &["text", "hidden"]);
        let text = self.text(tree, AT, "text", TEXT, |_| true);
        self.cut(AT, "text", text.as_deref(), MAX_BUTTON_CHARS);
        Button {
            text,
            hidden: self
                .value(tree, AT, "hidden", "true or false")
                .unwrap_or_default(),
        }
    }
}
