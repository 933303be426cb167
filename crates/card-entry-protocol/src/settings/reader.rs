//! Reads the settings one by one, and lists the expected value of each that is invalid.
//!
//! [`super::ParsedSettings::parse`] calls it. It must never stop at an invalid value, nor store one.

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
const APPEARANCE: &str = "appearance";
pub(super) const VARIABLES: &str = "appearance.variables";
pub(super) const COLOR: &str = "a CSS colour: a name, #rgb, rgb() or hsl()";
const LENGTH: &str = "a length below 100: 0, px, em or rem";

/// The place of a setting, and its expected value in words for an engineer.
struct Setting<'a> {
    section: &'a str,
    key: &'a str,
    expected: &'a str,
}

#[derive(Default)]
pub(super) struct SettingsReader {
    ignored: IgnoredSettings,
    unreadable: UnreadableSettings,
}

impl SettingsReader {
    pub(super) fn read(mut self, tree: &Tree) -> ParsedSettings {
        const KNOWN: [&str; 7] = [
            "locale",
            "appearance",
            "billing_details",
            "fields",
            "button",
            "consent",
            "accept",
        ];
        self.check_names(tree, "", &KNOWN);
        let locale = Setting {
            section: "",
            key: "locale",
            expected: "a BCP 47 tag such as fr-CA, or auto",
        };
        let locale = self.text(tree, &locale, is_locale);
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

    /// Lists the names that are not known.
    fn check_names(&mut self, tree: &Tree, section: &str, known: &[&str]) {
        if let Tree::Map(entries) = tree {
            for (name, value) in entries {
                if *value != Tree::Null && !known.contains(&name.as_str()) {
                    self.ignored.push_unknown(section, name, known);
                }
            }
        }
    }

    /// Reads an object of the settings; null when it is absent or not an object.
    fn section<'a>(&mut self, tree: &'a Tree, above: &str, key: &str) -> &'a Tree {
        match tree.get(key) {
            part @ (Tree::Map(_) | Tree::Null) => part,
            _ => {
                self.ignored.push(above, key, OBJECT);
                &Tree::Null
            }
        }
    }

    /// Reads a value; `None` when it is absent or invalid.
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

    /// Reads a text that passes a check and contains no card number.
    fn text(
        &mut self,
        tree: &Tree,
        setting: &Setting<'_>,
        check: fn(&str) -> bool,
    ) -> Option<String> {
        let Setting {
            section,
            key,
            expected,
        } = *setting;
        let text: String = self.value(tree, section, key, expected)?;
        let valid = !contains_card_number(&text) && check(&text);
        if !valid {
            self.ignored.push(section, key, expected);
        }
        valid.then_some(text)
    }

    /// Lists a text that is longer than what the form shows of it.
    #[cfg(any(feature = "hints", not(target_arch = "wasm32")))]
    fn check_length(&mut self, section: &str, key: &str, text: Option<&str>, max_chars: usize) {
        if text.is_some_and(|text| text.trim().chars().nth(max_chars).is_some()) {
            let max = max_chars.to_string();
            let expected = ["at most ", &max, " characters, the rest is not shown"];
            self.ignored.push(section, key, &expected.concat());
        }
    }

    #[cfg(not(any(feature = "hints", not(target_arch = "wasm32"))))]
    fn check_length(&mut self, _: &str, _: &str, _: Option<&str>, _: usize) {}

    fn appearance(&mut self, tree: &Tree) -> Appearance {
        let tree = self.section(tree, "", APPEARANCE);
        self.check_names(tree, APPEARANCE, &["theme", "variables"]);
        Appearance {
            theme: self
                .value(tree, APPEARANCE, "theme", "light, dark or auto")
                .unwrap_or_default(),
            variables: self.variables(tree),
        }
    }

    fn variables(&mut self, tree: &Tree) -> Variables {
        let tree = self.section(tree, APPEARANCE, "variables");
        self.check_names(tree, VARIABLES, &Variables::NAMES);
        Variables {
            accent: self.color(tree, "accent", "colorPrimary"),
            on_accent: self.color(tree, "on_accent", ""),
            background: self.color(tree, "background", ""),
            text: self.color(tree, "text", "colorText"),
            border: self.color(tree, "border", ""),
            danger: self.color(tree, "danger", "colorDanger"),
            radius: self.variable(tree, "radius", "borderRadius", LENGTH),
            font_size: self.font_size(tree),
            font_family: self.variable(tree, "font_family", "fontFamily", "names of fonts"),
        }
    }

    /// Refuses a font size of 0, which would hide every text, the consent sentence too.
    fn font_size(&mut self, tree: &Tree) -> Option<Length> {
        let size: Length = self.variable(tree, "font_size", "fontSizeBase", LENGTH)?;
        let above_zero = size.as_str().bytes().any(|b| (b'1'..=b'9').contains(&b));
        if !above_zero {
            self.ignored
                .push(VARIABLES, "font_size", "a length above 0");
        }
        above_zero.then_some(size)
    }

    fn color(&mut self, tree: &Tree, name: &str, stripe_name: &str) -> Option<Color> {
        self.variable(tree, name, stripe_name, COLOR)
    }

    /// Reads a variable under our name, or else under the name in Stripe's Appearance API.
    fn variable<T: FromTree>(
        &mut self,
        tree: &Tree,
        name: &str,
        stripe_name: &str,
        expected: &str,
    ) -> Option<T> {
        let key = if *tree.get(name) == Tree::Null {
            stripe_name
        } else {
            name
        };
        self.value(tree, VARIABLES, key, expected)
    }

    fn billing(&mut self, tree: &Tree) -> BillingDetails {
        const AT: &str = "billing_details";
        let tree = self.section(tree, "", AT);
        self.check_names(
            tree,
            AT,
            &["name", "email", "phone", "postal_code", "country"],
        );
        let mut text = |key| {
            let setting = Setting {
                section: AT,
                key,
                expected: TEXT,
            };
            self.text(tree, &setting, |_| true)
        };
        BillingDetails {
            name: text("name"),
            email: text("email"),
            phone: text("phone"),
            postal_code: text("postal_code"),
            country: self.billing_country(tree),
        }
    }

    fn billing_country(&mut self, tree: &Tree) -> Option<String> {
        let setting = Setting {
            section: "billing_details",
            key: "country",
            expected: "two capital letters such as US",
        };
        self.text(tree, &setting, |text| {
            text.is_empty() || text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())
        })
    }

    fn fields(&mut self, tree: &Tree) -> ExtraFields {
        const AT: &str = "fields";
        let tree = self.section(tree, "", AT);
        self.check_names(tree, AT, &["name", "postal_code", "country"]);
        let mut display = |key| -> FieldDisplay {
            self.value(tree, AT, key, "auto, show or hide")
                .unwrap_or_default()
        };
        ExtraFields {
            name: display("name"),
            postal_code: display("postal_code"),
            country: display("country"),
        }
    }

    fn button(&mut self, tree: &Tree) -> Button {
        const AT: &str = "button";
        let tree = self.section(tree, "", AT);
        self.check_names(tree, AT, &["text", "hidden"]);
        let setting = Setting {
            section: AT,
            key: "text",
            expected: TEXT,
        };
        let text = self.text(tree, &setting, |_| true);
        self.check_length(AT, "text", text.as_deref(), MAX_BUTTON_CHARS);
        Button {
            text,
            hidden: self
                .value(tree, AT, "hidden", "true or false")
                .unwrap_or_default(),
        }
    }
}
