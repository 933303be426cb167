//! Form parameters in Stripe's format: `card[number]=…&expand[]=…`. Used by every call.
//!
//! A call lists the parameters it knows. Any other parameter must be refused, as Stripe does.

use crate::error::ApiError;
use serde_json::{Map, Value};

/// The parameters that Stripe.js adds to each of its calls. Every call accepts and ignores them.
const FROM_STRIPE_JS: &[&str] = &[
    "key",
    "_stripe_account",
    "_stripe_version",
    "payment_user_agent",
    "guid",
    "muid",
    "sid",
    "referrer",
    "time_on_page",
    "pasted_fields",
    "use_stripe_sdk",
    "client_secret",
    "client_attribution_metadata[*]",
    "expand[]",
];

/// The parameters of one call: those of its query, then those of its body.
#[derive(Clone, Debug, Default)]
pub struct Params(Vec<(String, String)>);

impl Params {
    /// Parses urlencoded text. Invalid UTF-8 becomes replacement characters, as in a browser.
    #[must_use]
    pub fn parse(query: &str, body: &str) -> Self {
        let pairs = |text: &str| {
            form_urlencoded::parse(text.as_bytes())
                .into_owned()
                .collect::<Vec<_>>()
        };
        let mut all = pairs(query);
        all.extend(pairs(body));
        Self(all)
    }

    /// Refuses every parameter that is not in `known`.
    ///
    /// `name` is an exact name, `name[]` a list, `name[*]` any parameter beneath `name`.
    ///
    /// # Errors
    /// 400 `parameter_unknown` for the first unknown parameter.
    pub fn allow(&self, known: &[&str]) -> Result<(), ApiError> {
        for (name, value) in &self.0 {
            let fits =
                |pattern: &&&str| match (pattern.strip_suffix("[*]"), pattern.strip_suffix("[]")) {
                    (Some(head), _) => {
                        name.starts_with(&format!("{head}[")) || (name == head && value.is_empty())
                    }
                    (_, Some(head)) => is_item_of(name, head) || (name == head && value.is_empty()),
                    _ => name == **pattern,
                };
            let mistaken = |suffix: &str| {
                known
                    .iter()
                    .chain(FROM_STRIPE_JS)
                    .any(|pattern| pattern.strip_suffix(suffix) == Some(name))
            };
            if !known
                .iter()
                .chain(FROM_STRIPE_JS)
                .any(|pattern| fits(&pattern))
            {
                return Err(match (mistaken("[*]"), mistaken("[]")) {
                    (true, _) => ApiError::invalid_value(name, "Invalid object"),
                    (_, true) => ApiError::invalid_value(name, "Invalid array"),
                    _ => ApiError::parameter_unknown(name),
                });
            }
        }
        Ok(())
    }

    /// The last value of `name`; `None` when it is absent or empty.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.raw(name).filter(|value| !value.is_empty())
    }

    /// The last value of `name`. An empty value unsets a member.
    #[must_use]
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The value of the required parameter `name`.
    ///
    /// # Errors
    /// 400 `parameter_missing`, or `parameter_invalid_empty`.
    pub fn required(&self, name: &str) -> Result<&str, ApiError> {
        match self.raw(name) {
            Some("") => Err(ApiError::bad_value(
                "parameter_invalid_empty",
                name,
                &format!(
                    "You passed an empty string for '{name}'. We assume empty values are an attempt to unset a parameter; \
                     however '{name}' cannot be unset."
                ),
            )),
            Some(value) => Ok(value),
            None => Err(ApiError::parameter_missing(name)),
        }
    }

    /// A boolean; `false` when it is absent. `True` and `False` are accepted because stripe-python sent them before
    /// 12.0.1.
    ///
    /// # Errors
    /// 400 when it is neither `true` nor `false`.
    pub fn boolean(&self, name: &str) -> Result<bool, ApiError> {
        match self.text(name) {
            None | Some("false" | "False" | "0") => Ok(false),
            Some("true" | "True" | "1") => Ok(true),
            Some(other) => Err(ApiError::invalid_value(
                name,
                &format!("Invalid boolean: {other}"),
            )),
        }
    }

    /// A non-negative integer; `None` when it is absent.
    ///
    /// # Errors
    /// 400 `parameter_invalid_integer` for any other text.
    pub fn integer(&self, name: &str) -> Result<Option<u64>, ApiError> {
        self.text(name)
            .map(|text| {
                text.parse().map_err(|_| {
                    ApiError::bad_value(
                        "parameter_invalid_integer",
                        name,
                        &format!("Invalid integer: {text}"),
                    )
                })
            })
            .transpose()
    }

    /// One of the values `words`.
    ///
    /// # Errors
    /// 400 for any other value.
    pub fn choice(&self, name: &str, values: &[&str]) -> Result<Option<String>, ApiError> {
        match self.text(name) {
            None => Ok(None),
            Some(value) if values.contains(&value) => Ok(Some(value.to_owned())),
            Some(_) => Err(ApiError::invalid_value(
                name,
                &format!("Invalid {name}: must be one of {}", values.join(", ")),
            )),
        }
    }

    /// The top-level names of the parameters, without those that Stripe.js adds.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter_map(|(name, _)| name.split('[').next())
            .filter(|name| {
                !FROM_STRIPE_JS
                    .iter()
                    .any(|known| known.split('[').next() == Some(name))
            })
    }

    /// The items of the list `name[]` or `name[0]`.
    #[must_use]
    pub fn list(&self, name: &str) -> Vec<&str> {
        self.0
            .iter()
            .filter(|(key, _)| is_item_of(key, name))
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// Whether there is any parameter `name[…]`.
    #[must_use]
    pub fn has_any(&self, name: &str) -> bool {
        let head = format!("{name}[");
        self.0.iter().any(|(key, _)| key.starts_with(&head))
    }

    /// The names beneath `name`, without the outer brackets: for `name[card][number]` it is `card][number`.
    pub fn names_under<'p>(&'p self, name: &str) -> impl Iterator<Item = &'p str> {
        let head = format!("{name}[");
        self.0
            .iter()
            .filter_map(move |(key, _)| key.strip_prefix(&head)?.strip_suffix(']'))
    }

    /// The map of `name[key]=value`, one level deep. An empty value is `null`, which unsets the key.
    #[must_use]
    pub fn map(&self, name: &str) -> Map<String, Value> {
        let head = format!("{name}[");
        self.0
            .iter()
            .filter_map(|(key, value)| Some((key.strip_prefix(&head)?.strip_suffix(']')?, value)))
            .filter(|(key, _)| !key.contains('['))
            .map(|(key, value)| {
                let value = if value.is_empty() {
                    Value::Null
                } else {
                    value.as_str().into()
                };
                (key.to_owned(), value)
            })
            .collect()
    }

    /// All parameters, sorted, as urlencoded text. Equal for two calls with the same parameters.
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut pairs = self.0.clone();
        pairs.sort();
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish()
    }
}

/// Merges `from` into `into`; `null` removes a key.
pub fn merge(into: &mut Map<String, Value>, from: Map<String, Value>) {
    for (key, value) in from {
        if value.is_null() {
            into.remove(&key);
        } else {
            into.insert(key, value);
        }
    }
}

fn is_item_of(name: &str, list: &str) -> bool {
    name.strip_prefix(list)
        .and_then(|rest| rest.strip_prefix('['))
        .and_then(|rest| rest.strip_suffix(']'))
        .is_some_and(|index| index.chars().all(|c| c.is_ascii_digit()))
}
