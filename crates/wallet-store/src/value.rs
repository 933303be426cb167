//! The values that a statement binds, the same for both databases.
//!
//! Called by the modules of the tables. A type is listed here if a column can hold it. It must never bind a value whose
//! meaning differs between the databases: times are Unix seconds, and numbers are 64-bit.

use wallet_core::ids::{CardRowId, OwnerId};

/// A value, or the NULL of its type: PostgreSQL wants to know the type of a NULL, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Int(Option<i64>),
    Bool(Option<bool>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

/// A type that a statement can bind.
pub trait BindValue {
    /// The NULL of this type.
    const NULL: Value;

    fn into_value(self) -> Value;
}

impl<T: BindValue> BindValue for Option<T> {
    const NULL: Value = T::NULL;

    fn into_value(self) -> Value {
        self.map_or(T::NULL, T::into_value)
    }
}

impl<'a, T> BindValue for &'a Option<T>
where
    &'a T: BindValue,
{
    const NULL: Value = <&'a T>::NULL;

    fn into_value(self) -> Value {
        self.as_ref()
            .map_or(<&'a T>::NULL, <&'a T as BindValue>::into_value)
    }
}

/// Implements [`BindValue`] for a type by its conversion to the value of a variant.
macro_rules! bind_as {
    ($($type:ty => $variant:ident, $convert:expr;)*) => {
        $(impl $crate::value::BindValue for $type {
            const NULL: $crate::value::Value = $crate::value::Value::$variant(None);

            fn into_value(self) -> $crate::value::Value {
                let convert: fn($type) -> _ = $convert;
                $crate::value::Value::$variant(Some(convert(self)))
            }
        })*
    };
}
pub(crate) use bind_as;

bind_as! {
    i64 => Int, |number| number;
    u32 => Int, i64::from;
    u16 => Int, i64::from;
    bool => Bool, |is| is;
    &str => Text, str::to_owned;
    &String => Text, String::clone;
    String => Text, |text| text;
    &[u8] => Bytes, <[u8]>::to_vec;
    &Vec<u8> => Bytes, Vec::clone;
    OwnerId => Int, |id| id.0;
    CardRowId => Int, |id| id.0;
}

/// Declares an enum that a column stores as a text, with the text of each variant.
macro_rules! text_enum {
    (
        $(#[$about:meta])*
        pub enum $name:ident { $($(#[$variant_about:meta])* $variant:ident = $text:literal,)* }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$variant_about])* $variant,)* }

        impl $name {
            /// Every variant, in the order of its declaration.
            pub const VARIANTS: &[Self] = &[$(Self::$variant,)*];

            /// The text in the column.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::StoreError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                match text.as_str() {
                    $($text => Ok(Self::$variant),)*
                    _ => Err($crate::StoreError::InvalidRow(stringify!($name))),
                }
            }
        }

        $crate::value::bind_as! { $name => Text, |value| value.as_str().to_owned(); }
    };
}
pub(crate) use text_enum;
