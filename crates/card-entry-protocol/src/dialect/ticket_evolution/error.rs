//! Ticket Evolution's error responses: `{error}`, or with status 422 the item itself with `errors{field:[…]}` beside its
//! members, as Rails writes an invalid model.
//!
//! An error response must never repeat a card number.

use serde::{Deserialize, Serialize};

use crate::dialect::fields::FieldErrors;
use crate::tree::{FromTree, Tree};

/// An error that belongs to no field, `{error}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct ErrorBody {
    /// A sentence for the person.
    pub error: String,
}

impl ErrorBody {
    /// Creates an error with its sentence.
    #[must_use]
    pub fn new(error: impl Into<String>) -> Self {
        Self {
            error: error.into(),
        }
    }
}

/// An invalid item with its errors. In an array, an item without errors was refused because of the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(rename = "Invalid{T}")
)]
pub struct InvalidModel<T> {
    /// The members of the item, as they were sent or as they are stored.
    #[serde(flatten)]
    pub model: T,
    /// The errors by field, e.g. `label`.
    pub errors: FieldErrors,
}

/// The members that contain an array of items.
const ARRAYS: [&str; 4] = ["credit_cards", "addresses", "phone_numbers", "clients"];

/// The sentence of an error response: `error`, or the first error with its field's name.
///
/// ```
/// use card_entry_protocol::dialect::ticket_evolution::error_sentence;
/// use card_entry_protocol::tree::Tree;
///
/// let label = Tree::List(vec![Tree::text("is too long (maximum is 20 characters)")]);
/// let body = Tree::map(&mut [("errors", Tree::map(&mut [("label", label)]))]);
/// let sentence = error_sentence(&body);
/// assert_eq!(sentence.as_deref(), Some("Label is too long (maximum is 20 characters)."));
/// ```
#[must_use]
pub fn error_sentence(body: &Tree) -> Option<String> {
    if let Some(text) = body.get("error").as_text() {
        return Some(text.to_owned());
    }
    let of = |model: &Tree| {
        let errors = FieldErrors::from_tree(model.get("errors"))?;
        errors.first().map(|(field, error)| sentence(field, error))
    };
    let in_array = |key: &&str| match body.get(key) {
        Tree::List(models) => models.iter().find_map(of),
        _ => None,
    };
    of(body).or_else(|| ARRAYS.iter().find_map(in_array))
}

/// Joins a field's name and its error, as Rails does.
fn sentence(field: &str, error: &str) -> String {
    let mut text = field.replace('_', " ");
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let end = if error.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{text} {error}{end}")
}
