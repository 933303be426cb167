//! An unknown name in the TOML file: a sentence with the setting that was probably meant.
//!
//! Called with the message of the TOML parser, which lists the names that its table may have:
//! ``unknown field `listenn`, expected one of `listen`, `public_url` ``. It must never guess a name that is far away.

use std::sync::LazyLock;

use super::Settings;

/// Two names are similar from this share of equal letters on. `key` and `secret_key` are not.
const MIN_SIMILARITY: f64 = 0.8;

/// So many names fit into one sentence.
const MAX_LISTED_NAMES: usize = 12;

/// The settings of the whole server, as the parser lists them.
static SERVER_SETTINGS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let listed = toml::from_str::<Settings>("\"\" = 0").err();
    let names = listed.as_ref().map(|error| names_in(error.message()));
    names.map_or_else(Vec::new, |(_, known)| known)
});

/// A sentence about an unknown name. `None`: the message is about something else.
pub(super) fn explain(message: &str) -> Option<String> {
    let rest = message.strip_prefix("unknown field ")?;
    let (name, known) = names_in(rest);
    let start = format!("there is no setting `{name}` here");
    let similar = |known: &[String]| -> Option<String> {
        let scored = known
            .iter()
            .map(|one| (strsim::jaro_winkler(one, &name), one));
        let best = scored.max_by(|(one, _), (other, _)| one.total_cmp(other));
        best.filter(|(score, _)| *score >= MIN_SIMILARITY)
            .map(|(_, one)| one.clone())
    };
    let is_section = !known.iter().any(|one| one == "public_url");
    if is_section && SERVER_SETTINGS.contains(&name) {
        return Some(format!(
            "{start}; it is a setting of the whole server: write it above the first [section]"
        ));
    }
    if let Some(meant) = similar(&known) {
        return Some(format!("{start}; did you mean `{meant}`?"));
    }
    if known.len() <= MAX_LISTED_NAMES {
        return Some(format!("{start}; use one of: {}", known.join(", ")));
    }
    Some(format!("{start}; docs/wallet-server.md lists all settings"))
}

/// The first name between back quotes, and the others.
fn names_in(message: &str) -> (String, Vec<String>) {
    let mut names = message.split('`').skip(1).step_by(2).map(str::to_owned);
    (names.next().unwrap_or_default(), names.collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn sentence(text: &str) -> String {
        let error = toml::from_str::<Settings>(text).unwrap_err();
        explain(error.message()).unwrap_or_else(|| error.message().to_owned())
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_one_that_was_meant() {
        for (text, words) in [
            ("listenn = 1", "did you mean `listen`?"),
            ("intent_per_hour = 1", "did you mean `intents_per_hour`?"),
            ("[breaker]\nwindow = 1", "did you mean `window_minutes`?"),
            ("[[accounts]]\nsecretkey = 1", "did you mean `secret_key`?"),
            ("[[accounts]]\nparent = []", "did you mean `parents`?"),
            ("[breaker]\npublic_url = 1", "above the first [section]"),
            ("[challenge]\nx = 1", "use one of: when, "),
            ("colour = 1", "docs/wallet-server.md"),
        ] {
            let said = sentence(text);
            assert!(said.contains(words), "{text}: {said}");
        }
        assert_eq!(explain("invalid type: integer"), None);
        assert!(sentence("listen = 1").starts_with("invalid type"));
    }
}
