//! Reads the settings one by one: what holds, and what was ignored and why.
//!
//! The one reader of both ways in, serde's and the tree's; called by the frame for `init` and `update`, and by the
//! companion before it sends them. One wrong value never costs another. It must never take less than was asked for
//! where that matters: a consent or a list of cards that cannot be read makes the form unusable, not laxer.

use super::fault::{Faults, SettingFault};
use super::{
    Accept, BillingDetails, Button, Consent, Fields, MAX_BUTTON_CHARS, MAX_CONSENT_CHARS, Settings,
    Shown, is_locale,
};
use crate::appearance::{Appearance, Color, Length, Variables};
use crate::card::{Brand, Funding};
use crate::code::Unusable;
use crate::number::holds_card_number;
use crate::tree::{FromTree, Tree};

const TEXT: &str = "a text without a card number";
const OBJECT: &str = "an object";
const LOOK: &str = "appearance";
const VARIABLES: &str = "appearance.variables";
const COLOR: &str = "a CSS colour: a name, #rgb, rgb() or hsl()";
const LENGTH: &str = "a length below 100: 0, px, em or rem";
const BRANDS: [&str; 10] = [
    "visa",
    "mastercard",
    "amex",
    "diners",
    "discover",
    "jcb",
    "unionpay",
    "eftpos_au",
    "cartes_bancaires",
    "interac",
];

/// What may not be guessed and could not be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unreadable {
    /// No plain object of a sensible size at all.
    pub all: bool,
    /// The consent.
    pub consent: bool,
    /// The lists of cards the site takes.
    pub accept: bool,
}

/// Settings that were read, and what of them could not be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParsedSettings {
    /// What holds; a wrong setting counts as left out.
    pub settings: Settings,
    /// What was ignored, in the order of reading.
    pub faults: Vec<SettingFault>,
    /// What the form cannot be shown without.
    pub unreadable: Unreadable,
}

impl ParsedSettings {
    /// Settings of which nothing can be read.
    #[must_use]
    pub fn unreadable() -> Self {
        let mut faults = Faults::default();
        faults.push(
            "",
            "settings",
            "a plain object with 4000 characters of text at most",
        );
        Self {
            faults: faults.0,
            unreadable: Unreadable {
                all: true,
                ..Unreadable::default()
            },
            ..Self::default()
        }
    }

    /// Reads a tree; null means nothing set.
    #[must_use]
    pub fn parse(tree: &Tree) -> Self {
        match tree {
            Tree::Null => Self::default(),
            Tree::Map(_) => Reader::default().all(tree),
            _ => Self::unreadable(),
        }
    }

    /// Why the form must not be shown, if so.
    #[must_use]
    pub fn error(&self) -> Option<Unusable> {
        let Unreadable {
            all,
            consent,
            accept,
        } = self.unreadable;
        match (all, consent, accept) {
            (true, ..) => Some(Unusable::BadSettings),
            (_, true, _) => Some(Unusable::BadConsent),
            (.., true) => Some(Unusable::BadAccept),
            _ => None,
        }
    }

    /// For an update: where the new consent or accept cannot be read, what stood before stands on.
    #[must_use]
    pub fn keep(mut self, stood: &Settings) -> Self {
        let unreadable = &mut self.unreadable;
        if core::mem::take(&mut unreadable.all) {
            self.settings = stood.clone();
            return self;
        }
        if stood.consent.is_some() && core::mem::take(&mut unreadable.consent) {
            self.settings.consent.clone_from(&stood.consent);
        }
        if stood.accept != Accept::default() && core::mem::take(&mut unreadable.accept) {
            self.settings.accept = stood.accept.clone();
        }
        self
    }

    /// Drops the colours that the browser does not know: what a colour's name is, it knows best.
    pub fn keep_colors(&mut self, is_color: impl Fn(&str) -> bool) {
        let mut faults = Faults(core::mem::take(&mut self.faults));
        for (name, color) in self.settings.appearance.variables.colors() {
            if color
                .as_ref()
                .is_some_and(|color| !is_color(color.as_str()))
            {
                *color = None;
                faults.push(VARIABLES, name, COLOR);
            }
        }
        self.faults = faults.0;
    }
}

impl From<Settings> for ParsedSettings {
    fn from(settings: Settings) -> Self {
        Self {
            settings,
            ..Self::default()
        }
    }
}

#[derive(Default)]
struct Reader {
    faults: Faults,
    unreadable: Unreadable,
}

impl Reader {
    fn all(mut self, tree: &Tree) -> ParsedSettings {
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
            faults: self.faults.0,
            unreadable: self.unreadable,
        }
    }

    /// Notes the names that are none.
    fn names(&mut self, tree: &Tree, section: &str, known: &[&str]) {
        if let Tree::Map(entries) = tree {
            for (name, value) in entries {
                if *value != Tree::Null && !known.contains(&name.as_str()) {
                    self.faults.push_unknown(section, name, known);
                }
            }
        }
    }

    /// An object within; null when there is none that can be read.
    fn section<'a>(&mut self, tree: &'a Tree, above: &str, key: &str) -> &'a Tree {
        match tree.get(key) {
            part @ (Tree::Map(_) | Tree::Null) => part,
            _ => {
                self.faults.push(above, key, OBJECT);
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
            self.faults.push(section, key, expected);
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
        let good = !holds_card_number(&text) && check(&text);
        if !good {
            self.faults.push(section, key, expected);
        }
        good.then_some(text)
    }

    /// Notes that a text is longer than what is shown of it.
    fn cut(&mut self, section: &str, key: &str, text: Option<&str>, most: usize) {
        if text.is_some_and(|text| text.trim().chars().nth(most).is_some()) {
            let expected = [
                "at most ",
                &most.to_string(),
                " characters, the rest is not shown",
            ];
            self.faults.push(section, key, &expected.concat());
        }
    }

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
            self.faults.push(VARIABLES, "font_size", "a length above 0");
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

    fn fields(&mut self, tree: &Tree) -> Fields {
        const AT: &str = "fields";
        let tree = self.section(tree, "", AT);
        self.names(tree, AT, &["name", "postal_code", "country"]);
        let mut shown = |key| -> Shown {
            self.value(tree, AT, key, "auto, show or hide")
                .unwrap_or_default()
        };
        Fields {
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

    /// A consent that is asked for and cannot be shown is no consent: the form is not shown either.
    fn consent(&mut self, tree: &Tree) -> Option<Consent> {
        const AT: &str = "consent";
        let whole = tree.get(AT);
        let tree = self.section(tree, "", AT);
        self.names(tree, AT, &["text", "required"]);
        let required = self.value(tree, AT, "required", "true or false");
        let has = |key| *tree.get(key) != Tree::Null;
        let text = self.text(tree, AT, "text", "the sentence to agree to", |text| {
            !text.trim().is_empty()
        });
        self.cut(AT, "text", text.as_deref(), MAX_CONSENT_CHARS);
        let blank = tree
            .get("text")
            .as_text()
            .is_some_and(|text| text.trim().is_empty());
        self.unreadable.consent = match (&text, required) {
            // `required` stands there, and says neither yes nor no.
            (_, None) if has("required") => true,
            (None, Some(true)) => true,
            (None, _) => has("text") && !blank || *whole != Tree::Null && *tree == Tree::Null,
            _ => false,
        };
        if required == Some(true) && !has("text") {
            self.faults.push(AT, "text", "the sentence to agree to");
        }
        Some(Consent {
            text: text?,
            required: required.unwrap_or_default(),
        })
    }

    /// Lists of which nothing can be read take nothing: they never turn into "all cards".
    fn accept(&mut self, tree: &Tree) -> Accept {
        const AT: &str = "accept";
        let whole = tree.get(AT);
        let tree = self.section(tree, "", AT);
        let before = self.faults.0.len();
        self.names(tree, AT, &["brands", "funding"]);
        let unknown = self.faults.0.len() > before;
        let brands = self.list(tree, "brands", "a card brand such as visa", |text| {
            Brand::parse(text).filter(|brand| *brand != Brand::Unknown)
        });
        if let Tree::List(items) = tree.get("brands") {
            self.slips(items);
        }
        let funding = self.list(tree, "funding", "credit, debit or prepaid", |text| {
            let known = |it: &Funding| !matches!(it, Funding::Unknown | Funding::Other(_));
            Funding::parse(text).filter(known)
        });
        let nothing = *tree.get("brands") == Tree::Null && *tree.get("funding") == Tree::Null;
        self.unreadable.accept = brands.is_none()
            || funding.is_none()
            || unknown && nothing
            || *whole != Tree::Null && *tree == Tree::Null;
        Accept {
            brands: brands.unwrap_or_default(),
            funding: funding.unwrap_or_default(),
        }
    }

    /// The items that can be read; `None` when there are some, and none can be.
    fn list<T>(
        &mut self,
        tree: &Tree,
        key: &str,
        expected: &str,
        read: fn(&str) -> Option<T>,
    ) -> Option<Vec<T>> {
        let items = match tree.get(key) {
            Tree::Null => return Some(Vec::new()),
            Tree::List(items) => items,
            _ => {
                self.faults
                    .push("accept", key, &["a list, each ", expected].concat());
                return None;
            }
        };
        let mut good = Vec::new();
        for (at, item) in items.iter().enumerate() {
            match item.as_text().and_then(read) {
                Some(item) => good.push(item),
                None => self.item(key, at, expected),
            }
        }
        (items.is_empty() || !good.is_empty()).then_some(good)
    }

    fn item(&mut self, key: &str, at: usize, expected: &str) {
        let key = [key, "[", &at.to_string(), "]"].concat();
        self.faults.push("accept", &key, expected);
    }

    /// A brand nobody knows yet is taken as it is; one that looks like a slip is named.
    fn slips(&mut self, items: &[Tree]) {
        for (at, item) in items.iter().enumerate() {
            if let Some(Brand::Other(text)) = item.as_text().and_then(Brand::parse)
                && let Some(near) = crate::nearest::nearest(&text, &BRANDS)
            {
                self.item("brands", at, &["did you mean ", near, "?"].concat());
            }
        }
    }
}
