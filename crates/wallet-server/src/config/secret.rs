//! A secret setting: its value stands in the file, or in the environment variable that the file names.
//!
//! Called by the checks of the sections. It must never put the value into an error.

use super::ConfigError;
use super::error::invalid;
use crate::secret::Secret;

/// Reads a secret from `setting` or from the variable that `setting` + `_env` names. `None`: neither is set.
pub(super) fn read_secret(
    setting: &str,
    given: Option<Secret>,
    variable: Option<String>,
) -> Result<Option<Secret>, ConfigError> {
    match (given, variable) {
        (Some(_), Some(_)) => Err(invalid(
            setting,
            "is set twice; keep it or its _env, not both",
        )),
        (None, Some(variable)) => std::env::var(&variable)
            .map(|value| Some(Secret::new(value)))
            .map_err(|_| {
                invalid(
                    format!("{setting}_env"),
                    format!("the environment has no {variable}; set it"),
                )
            }),
        (given, None) => Ok(given),
    }
}
