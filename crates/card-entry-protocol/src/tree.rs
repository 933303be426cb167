//! JSON values as a tree, and the reading and writing of every message with it, for pages whose Wasm has to be small.
//!
//! The frame and the companion use it in place of serde: for every type, serde's derived readers contain the code for every
//! error and a sentence about it, which was 13 kB of the frame's compressed Wasm. Tests compare the two: what serde writes,
//! a tree reads, and the reverse. It must never describe a value that it refused.

mod card;
mod frame_message_types;
mod json;
mod message_fields;
mod settings;

use crate::money::MinorUnits;

/// A JSON value.
///
/// ```
/// use card_entry_protocol::card::CardDetails;
/// use card_entry_protocol::tree::{FromTree, Tree};
///
/// let tree = Tree::map(&mut [
///     ("brand", Tree::text("visa")),
///     ("last4", Tree::text("4242")),
///     ("exp_month", Tree::Number(12.0)),
///     ("exp_year", Tree::Number(2030.0)),
///     ("funding", Tree::text("credit")),
/// ]);
/// let card = CardDetails::from_tree(&tree).expect("all members are there");
/// assert_eq!(card.last4.as_str(), "4242");
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Tree {
    /// `null`, and a member that is absent.
    #[default]
    Null,
    /// A JSON boolean, `true` or `false`.
    Flag(bool),
    /// A JSON number, as JavaScript stores it.
    Number(f64),
    /// A JSON string, without its quotes.
    Text(String),
    /// A JSON array, in its order.
    List(Vec<Tree>),
    /// A JSON object: its own keys and values, in their order.
    Map(Vec<(String, Tree)>),
}

/// A type that can be read from a [`Tree`].
pub trait FromTree: Sized {
    /// Reads the value; `None` when the tree has another form. The reason is not given.
    fn from_tree(tree: &Tree) -> Option<Self>;
}

/// A type that can be written as a [`Tree`].
pub trait ToTree {
    /// Writes the value as a tree.
    fn to_tree(&self) -> Tree;
}

impl Tree {
    /// Creates an object of these entries and takes their values.
    #[must_use]
    pub fn map(entries: &mut [(&str, Self)]) -> Self {
        Self::record(entries.len(), entries)
    }

    /// Creates an object of these entries without those that are null, and takes their values.
    #[must_use]
    pub fn sparse(entries: &mut [(&str, Self)]) -> Self {
        Self::record(0, entries)
    }

    /// Creates an object of these entries. After the first `always`, entries that are null are left out. It takes a slice,
    /// because arrays by value would compile to one copy of this function for every length.
    pub(crate) fn record(always: usize, entries: &mut [(&str, Self)]) -> Self {
        let mut members = Vec::with_capacity(entries.len());
        for (at, (key, tree)) in entries.iter_mut().enumerate() {
            if at < always || !matches!(tree, Self::Null) {
                members.push(((*key).to_owned(), core::mem::take(tree)));
            }
        }
        Self::Map(members)
    }

    /// Creates a string value with a copy of the text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// The value of a key; [`Self::Null`] when it is absent or the tree is not an object.
    #[must_use]
    pub fn get(&self, key: &str) -> &Self {
        let Self::Map(entries) = self else {
            return &Self::Null;
        };
        entries
            .iter()
            .find_map(|(name, tree)| (name == key).then_some(tree))
            .unwrap_or(&Self::Null)
    }

    /// The string; `None` when the tree is not a string.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether the tree is the boolean `true`.
    #[must_use]
    pub fn is_true(&self) -> bool {
        matches!(self, Self::Flag(true))
    }

    /// Whether the tree is an object.
    #[must_use]
    pub fn is_map(&self) -> bool {
        matches!(self, Self::Map(_))
    }

    /// The items of a list that can be read, without the others; `None` when the value of the key is not a list.
    #[must_use]
    pub fn lenient_list<T: FromTree>(&self, key: &str) -> Option<Vec<T>> {
        match self.get(key) {
            Self::List(rows) => Some(rows.iter().filter_map(T::from_tree).collect()),
            _ => None,
        }
    }

    /// Reads the value of a key; `None` when it has another form.
    #[must_use]
    pub fn read<T: FromTree>(&self, key: &str) -> Option<T> {
        T::from_tree(self.get(key))
    }
}

impl FromTree for String {
    fn from_tree(tree: &Tree) -> Option<Self> {
        tree.as_text().map(str::to_owned)
    }
}

impl ToTree for str {
    fn to_tree(&self) -> Tree {
        Tree::text(self)
    }
}

impl ToTree for String {
    fn to_tree(&self) -> Tree {
        Tree::text(self)
    }
}

impl FromTree for bool {
    fn from_tree(tree: &Tree) -> Option<Self> {
        match tree {
            Tree::Flag(flag) => Some(*flag),
            _ => None,
        }
    }
}

impl ToTree for bool {
    fn to_tree(&self) -> Tree {
        Tree::Flag(*self)
    }
}

impl FromTree for u32 {
    fn from_tree(tree: &Tree) -> Option<Self> {
        match tree {
            // The range excludes NaN and infinities, and every whole number in it converts exactly.
            Tree::Number(number)
                if (0.0..=4_294_967_295.0).contains(number) && number % 1.0 == 0.0 =>
            {
                Some(*number as Self)
            }
            _ => None,
        }
    }
}

impl ToTree for u32 {
    fn to_tree(&self) -> Tree {
        Tree::Number(f64::from(*self))
    }
}

impl ToTree for MinorUnits {
    fn to_tree(&self) -> Tree {
        // It has at most twelve digits, and a JavaScript number is exact up to fifteen.
        Tree::Number(self.get() as f64)
    }
}

impl<T: FromTree> FromTree for Option<T> {
    fn from_tree(tree: &Tree) -> Option<Self> {
        match tree {
            Tree::Null => Some(None),
            some => T::from_tree(some).map(Some),
        }
    }
}

impl<T: ToTree> ToTree for Option<T> {
    fn to_tree(&self) -> Tree {
        self.as_ref().map_or(Tree::Null, ToTree::to_tree)
    }
}

impl<T: FromTree> FromTree for Vec<T> {
    fn from_tree(tree: &Tree) -> Option<Self> {
        match tree {
            Tree::List(items) => items.iter().map(T::from_tree).collect(),
            _ => None,
        }
    }
}

impl<T: ToTree> ToTree for Vec<T> {
    fn to_tree(&self) -> Tree {
        Tree::List(self.iter().map(ToTree::to_tree).collect())
    }
}

/// Implements both traits for types that are one string, with their `parse` and `as_str`.
macro_rules! texts {
    ($($kind:ty),+ $(,)?) => {
        $(impl $crate::tree::FromTree for $kind {
            fn from_tree(tree: &$crate::tree::Tree) -> Option<Self> {
                Self::parse(tree.as_text()?)
            }
        }

        impl $crate::tree::ToTree for $kind {
            fn to_tree(&self) -> $crate::tree::Tree {
                $crate::tree::Tree::text(self.as_str())
            }
        })+
    };
}

/// Implements both traits for enums that are a closed set of words.
macro_rules! words {
    ($($kind:ident { $($variant:ident = $word:literal),+ $(,)? })+) => {
        $(impl $crate::tree::FromTree for $kind {
            fn from_tree(tree: &$crate::tree::Tree) -> Option<Self> {
                match tree.as_text()? {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        impl $crate::tree::ToTree for $kind {
            fn to_tree(&self) -> $crate::tree::Tree {
                $crate::tree::Tree::text(match self {
                    $(Self::$variant => $word,)+
                })
            }
        })+
    };
}

/// Implements both traits for structs: `all` keys are always written, `some` keys are left out when null.
macro_rules! records {
    ($($kind:ident { $(all $key:literal $field:ident,)* $(some $skey:literal $sfield:ident,)* })+) => {
        $(impl $crate::tree::FromTree for $kind {
            fn from_tree(tree: &$crate::tree::Tree) -> Option<Self> {
                if !tree.is_map() {
                    return None;
                }
                Some(Self {
                    $($field: tree.read($key)?,)*
                    $($sfield: tree.read($skey)?,)*
                })
            }
        }

        impl $crate::tree::ToTree for $kind {
            fn to_tree(&self) -> $crate::tree::Tree {
                let mut entries = [
                    $(($key, $crate::tree::ToTree::to_tree(&self.$field)),)*
                    $(($skey, $crate::tree::ToTree::to_tree(&self.$sfield)),)*
                ];
                let always = <[&str]>::len(&[$($key,)*]);
                $crate::tree::Tree::record(always, &mut entries)
            }
        })+
    };
}

pub(crate) use {records, texts, words};

#[cfg(test)]
pub(crate) mod tests;
