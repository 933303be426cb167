//! The same messages as a plain tree, for pages that count their bytes.
//!
//! Read and written by the frame in place of serde: derived readers carry, for every type, the code for every mistake
//! and a sentence about it, which was 13 kB of the frame's compressed Wasm. Both ways are held to each other by the
//! tests: what serde writes, a tree reads, and the reverse. It must never describe what it refused.

mod card;
mod from_frame;
mod json;
mod message;
mod settings;

use crate::money::MinorUnits;

/// A value as JSON has it.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Tree {
    /// `null`, and whatever is absent.
    #[default]
    Null,
    /// A boolean.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Tree>),
    /// An object's own keys, in order.
    Map(Vec<(String, Tree)>),
}

/// Read out of a tree.
pub trait FromTree: Sized {
    /// Reads it; `None` when the tree is not of its form.
    fn from_tree(tree: &Tree) -> Option<Self>;
}

/// Written as a tree.
pub trait ToTree {
    /// Writes it.
    fn to_tree(&self) -> Tree;
}

impl Tree {
    /// An object of these entries.
    #[must_use]
    pub fn map(entries: &mut [(&str, Self)]) -> Self {
        Self::record(entries.len(), entries)
    }

    /// An object of these entries; those that are null are left out.
    #[must_use]
    pub fn sparse(entries: &mut [(&str, Self)]) -> Self {
        Self::record(0, entries)
    }

    /// An object of these entries; after the first `always`, those that are null are left out. Takes the values out of
    /// the slice: arrays by value would make one copy of this for every length.
    pub(crate) fn record(always: usize, entries: &mut [(&str, Self)]) -> Self {
        let mut kept = Vec::with_capacity(entries.len());
        for (at, (key, tree)) in entries.iter_mut().enumerate() {
            if at < always || !matches!(tree, Self::Null) {
                kept.push(((*key).to_owned(), core::mem::take(tree)));
            }
        }
        Self::Map(kept)
    }

    /// A text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// The value of a key; null when it is absent or this is no object.
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

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is `true`.
    #[must_use]
    pub fn is_true(&self) -> bool {
        matches!(self, Self::Flag(true))
    }

    /// Whether it is an object.
    #[must_use]
    pub fn is_map(&self) -> bool {
        matches!(self, Self::Map(_))
    }

    /// The rows of a list that can be read, the others left out; `None` when the key holds no list.
    #[must_use]
    pub fn lenient_list<T: FromTree>(&self, key: &str) -> Option<Vec<T>> {
        match self.get(key) {
            Self::List(rows) => Some(rows.iter().filter_map(T::from_tree).collect()),
            _ => None,
        }
    }

    /// Reads a key.
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
            // The range refuses NaN and infinities; what is left and whole converts exactly.
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
        // At most twelve digits: a JavaScript number holds up to fifteen exactly.
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

/// A type that is one text: read with its `parse`, written with its `as_str`.
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

/// A closed set of words.
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

/// An object: `all` keys always written, `some` keys left out when null.
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
