//! How Ticket Evolution says no: `{error}`, or with 422 the model itself and `errors{field:[…]}` beside its members.

use serde::{Deserialize, Serialize};

use crate::dialect::fields::FieldErrors;
use crate::tree::{FromTree, Tree};

/// `{error}`: a no that is about no field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// A sentence for the person.
    pub error: String,
}

impl ErrorBody {
    /// A no with its sentence.
    #[must_use]
    pub fn new(error: impl Into<String>) -> Self {
        Self {
            error: error.into(),
        }
    }
}

/// A model that was refused: its members, and what is wrong with them. In an array, those with no errors are refused
/// for the others' sake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvalidModel<T> {
    /// As it was sent, or as it is.
    #[serde(flatten)]
    pub model: T,
    /// By field.
    pub errors: FieldErrors,
}

/// Where the models of an array stand.
const ARRAYS: [&str; 4] = ["credit_cards", "addresses", "phone_numbers", "clients"];

/// The sentence of a refusal, of whichever form: `error`, or the first of the errors with its field's name, as in
/// "Label is too long (maximum is 20 characters)."
#[must_use]
pub fn error_sentence(body: &Tree) -> Option<String> {
    if let Some(text) = body.get("error").as_text() {
        return Some(text.to_owned());
    }
    let of = |model: &Tree| {
        let errors = FieldErrors::from_tree(model.get("errors"))?;
        errors.first().map(|(field, said)| full(field, said))
    };
    let in_array = |key: &&str| match body.get(key) {
        Tree::List(models) => models.iter().find_map(of),
        _ => None,
    };
    of(body).or_else(|| ARRAYS.iter().find_map(in_array))
}

/// As Rails makes a sentence of a field and its message.
fn full(field: &str, said: &str) -> String {
    let mut text = field.replace('_', " ");
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let end = if said.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{text} {said}{end}")
}
