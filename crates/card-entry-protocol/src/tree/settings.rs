//! Writes the host's settings as a tree. [`ParsedSettings`] reads them, setting by setting.
//!
//! A derived reader must never be used for them: one invalid setting would refuse all others.

use super::{FromTree, ToTree, Tree, texts, words};
use crate::appearance::{Appearance, Color, FontFamily, Length, Theme, Variables};
use crate::settings::{
    Accept, BillingDetails, Button, Consent, ExtraFields, FieldDisplay, ParsedSettings, Settings,
};

texts!(Color, Length, FontFamily);

words! {
    Theme { Light = "light", Dark = "dark", Auto = "auto" }
    FieldDisplay { Auto = "auto", Show = "show", Hide = "hide" }
}

/// Implements [`ToTree`] for structs whose keys are left out when null.
macro_rules! open_records {
    ($($kind:ident { $($key:literal $field:ident),+ $(,)? })+) => {
        $(impl ToTree for $kind {
            fn to_tree(&self) -> Tree {
                Tree::sparse(&mut [$(($key, self.$field.to_tree())),+])
            }
        })+
    };
}

open_records! {
    Variables {
        "accent" accent,
        "on_accent" on_accent,
        "background" background,
        "text" text,
        "border" border,
        "danger" danger,
        "radius" radius,
        "font_size" font_size,
        "font_family" font_family,
    }
    Appearance { "theme" theme, "variables" variables }
    ExtraFields { "name" name, "postal_code" postal_code, "country" country }
    Button { "text" text, "hidden" hidden }
    Accept { "brands" brands, "funding" funding }
    BillingDetails {
        "name" name,
        "email" email,
        "phone" phone,
        "postal_code" postal_code,
        "country" country,
    }
    Settings {
        "locale" locale,
        "appearance" appearance,
        "billing_details" billing_details,
        "fields" fields,
        "button" button,
        "consent" consent,
        "accept" accept,
    }
}

impl FromTree for ParsedSettings {
    /// Always `Some`: the result itself lists what is invalid.
    fn from_tree(tree: &Tree) -> Option<Self> {
        Some(Self::parse(tree))
    }
}

impl ToTree for ParsedSettings {
    fn to_tree(&self) -> Tree {
        self.settings.to_tree()
    }
}

impl ToTree for Consent {
    fn to_tree(&self) -> Tree {
        Tree::map(&mut [
            ("text", self.text.to_tree()),
            ("required", self.required.to_tree()),
        ])
    }
}
