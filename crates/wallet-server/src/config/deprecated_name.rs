//! Settings that were renamed. The old name is still accepted, and a warning in the log names both.
//!
//! Called by the checks of the sections. It must never choose between two values: both names at once are an error.

use super::ConfigError;
use super::error::invalid;

/// The value of a setting that has an old and a new name.
///
/// # Errors
/// Both names are set, in whatever sources.
pub(super) fn value_of<T>(
    (new_name, new): (&str, Option<T>),
    (old_name, old): (&str, Option<T>),
) -> Result<Option<T>, ConfigError> {
    if old.is_some() {
        if new.is_some() {
            return Err(invalid(
                new_name,
                format!("is set twice: also by its old name, {old_name}; remove {old_name}"),
            ));
        }
        tracing::warn!(
            old_name,
            new_name,
            "the setting {old_name} is deprecated: rename it to {new_name}"
        );
    }
    Ok(new.or(old))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn either_name_gives_the_value_and_both_are_an_error() {
        let value = |new, old| value_of(("a_per_15_minutes", new), ("a_per_quarter", old));
        assert_eq!(value(None::<u32>, None).unwrap(), None);
        assert_eq!(value(Some(3), None).unwrap(), Some(3));
        assert_eq!(value(None, Some(4)).unwrap(), Some(4));
        assert_eq!(
            value(Some(3), Some(3)).unwrap_err().to_string(),
            "a_per_15_minutes: is set twice: also by its old name, a_per_quarter; remove a_per_quarter"
        );
    }
}
