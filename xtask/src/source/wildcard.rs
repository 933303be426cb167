//! The rule that no message is sent to any window: `*` as the target of `postMessage` or `post_message`, or as a
//! `targetOrigin`. Every page that embeds ours could read such a message. Comments may contain it. Run by `source`.

/// Functions that send, and members that name the target.
const SENDERS: [&str; 4] = [
    "postMessage",
    "post_message",
    "targetOrigin",
    "target_origin",
];
/// The star as a whole string, in every kind of quotes.
const STARS: [&str; 3] = ["\"*\"", "'*'", "`*`"];
/// Longer than any real call; it limits the search after an unbalanced parenthesis.
const MAX_CALL_CHARS: usize = 4_000;

/// The lines, from 1, that send such a message.
pub fn lines(text: &str) -> Vec<usize> {
    let mut lines: Vec<usize> = SENDERS
        .into_iter()
        .flat_map(|sender| text.match_indices(sender))
        .filter(|(at, sender)| {
            !in_comment(text, *at) && is_wild(text.get(at + sender.len()..).unwrap_or_default())
        })
        .map(|(at, _)| line(text, at))
        .collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

fn line(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or_default().matches('\n').count() + 1
}

fn in_comment(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let start = before.rsplit('\n').next().unwrap_or_default().trim_start();
    ["//", "/*", "* ", "<!--"]
        .iter()
        .any(|mark| start.starts_with(mark))
}

/// Whether the call or assignment `after` the sender's name contains a star.
fn is_wild(after: &str) -> bool {
    // The rest of a longer name: post_message_with_transfer, set_target_origin's value, an optional call's `?.`.
    let rest = after.trim_start_matches(|c: char| {
        c.is_alphanumeric() || matches!(c, '_' | '?' | '.' | '"' | '\'')
    });
    let rest = rest.trim_start();
    let part = match rest.chars().next() {
        Some('(') => call(rest),
        Some(':' | '=' | ',') => rest
            .split([',', ';', '}', '\n'])
            .find(|part| part.len() > 1)
            .unwrap_or_default(),
        _ => "",
    };
    STARS.iter().any(|star| part.contains(star))
}

/// From an opening parenthesis to the matching one, without counting those in quotes. A single quote ends at the end of
/// its line at the latest, because in Rust it may begin a lifetime.
fn call(text: &str) -> &str {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut escaped = false;
    let mut end = 0;
    for (at, c) in text.char_indices().take(MAX_CALL_CHARS) {
        end = at;
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), _) if open == c => quote = None,
            (Some('\''), '\n') => quote = None,
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    text.get(..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    // `@` stands for the star, so that this file does not break its own rule.
    fn wild(code: &str) -> Vec<usize> {
        lines(&code.replace('@', "*"))
    }

    #[test]
    fn a_star_as_the_target_is_found_however_it_is_written() {
        for code in [
            r#"parent.postMessage(data, "@")"#,
            "parent.postMessage(data, '@');",
            "window.parent?.postMessage?.(data, `@`)",
            "parent.postMessage({a: f(1), b: ')'},\n    '@')",
            r#"parent.postMessage(data, {targetOrigin: "@"})"#,
            r#"let options = {targetOrigin: "@", transfer: []};"#,
            r#"window.post_message(&data, "@")?;"#,
            r#"window.post_message_with_transfer(&data, "@", &ports)"#,
            r#"options.set_target_origin("@");"#,
            r#"options.target_origin = "@";"#,
        ] {
            assert_eq!(wild(code), [1], "{code}");
        }
        assert_eq!(wild("\n\nparent.postMessage(\n  data,\n  \"@\"\n)"), [3]);
    }

    #[test]
    fn an_exact_target_and_other_stars_pass() {
        for code in [
            "parent.postMessage(data, origin)",
            r#"parent.postMessage("say @", "https://example.com")"#,
            r#"parent.postMessage(data, origin); glob("@")"#,
            r#"window.post_message(&data, origin.as_str())?; let glob = "@";"#,
            r#"port.postMessage(data); const all = "@""#,
            r#"// never postMessage(data, "@")"#,
            r#"//! `postMessage(…, "@")` is banned"#,
            "/* postMessage(data, '@') is what we never do */",
            r#"let targetOrigin = origin; let glob = "@";"#,
            "postMessage",
            "postMessage(",
        ] {
            assert_eq!(wild(code), [] as [usize; 0], "{code}");
        }
    }
}
