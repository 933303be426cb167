//! What a host may set. Everything may be left out, and a look that is not of its form is dropped alone.

use super::{FromTree, ToTree, Tree, texts, words};
use crate::appearance::{Appearance, Color, Family, Length, Theme, Variables};
use crate::settings::{Accept, BillingDetails, Button, Consent, Fields, Settings, Shown};

texts!(Color, Length, Family);

words! {
    Theme { Light = "light", Dark = "dark", Auto = "auto" }
    Shown { Auto = "auto", Show = "show", Hide = "hide" }
}

/// Reads a key that may be left out.
fn or_default<T: FromTree + Default>(tree: &Tree, key: &str) -> Option<T> {
    match tree.get(key) {
        Tree::Null => Some(T::default()),
        some => T::from_tree(some),
    }
}

/// An object whose every key may be left out, in reading and in writing.
macro_rules! open_records {
    ($($kind:ident { $($key:literal $field:ident $read:ident),+ $(,)? })+) => {
        $(impl FromTree for $kind {
            fn from_tree(tree: &Tree) -> Option<Self> {
                if !tree.is_map() {
                    return None;
                }
                Some(Self { $($field: $read(tree, $key)?,)+ })
            }
        }

        impl ToTree for $kind {
            fn to_tree(&self) -> Tree {
                Tree::sparse(&mut [$(($key, self.$field.to_tree())),+])
            }
        })+
    };
}

/// Reads a look, or nothing when it is not of its form.
fn lenient<T: FromTree>(tree: &Tree, key: &str) -> Option<Option<T>> {
    Some(tree.read(key))
}

open_records! {
    Variables {
        "accent" accent lenient,
        "on_accent" on_accent lenient,
        "background" background lenient,
        "text" text lenient,
        "border" border lenient,
        "danger" danger lenient,
        "radius" radius lenient,
        "font_size" font_size lenient,
        "font_family" font_family lenient,
    }
    Appearance { "theme" theme or_default, "variables" variables or_default }
    Fields { "name" name or_default, "postal_code" postal_code or_default, "country" country or_default }
    Button { "text" text or_default, "hidden" hidden or_default }
    Accept { "brands" brands or_default, "funding" funding or_default }
    BillingDetails {
        "name" name or_default,
        "email" email or_default,
        "phone" phone or_default,
        "postal_code" postal_code or_default,
        "country" country or_default,
    }
    Settings {
        "locale" locale or_default,
        "appearance" appearance or_default,
        "billing_details" billing_details or_default,
        "fields" fields or_default,
        "button" button or_default,
        "consent" consent or_default,
        "accept" accept or_default,
    }
}

impl FromTree for Consent {
    fn from_tree(tree: &Tree) -> Option<Self> {
        Some(Self {
            text: tree.read("text")?,
            required: or_default(tree, "required")?,
        })
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
