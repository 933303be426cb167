//! Replaces the `{{name}}` variables in the template of the demo's configuration. An unknown variable is an error: a
//! misspelt one must never reach a program.

use crate::command_error::CommandError;

/// Replaces every `{{name}}` in `text`. Quotes and backslashes are escaped, because values are inside TOML strings.
pub fn render(text: &str, values: &[(&str, &str)]) -> Result<String, CommandError> {
    let mut rendered = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, tail)) = after.split_once("}}") else {
            return Err(unknown(after.lines().next().unwrap_or_default(), values));
        };
        let Some((_, value)) = values.iter().find(|(known, _)| *known == name.trim()) else {
            return Err(unknown(name, values));
        };
        rendered.push_str(before);
        rendered.push_str(&value.replace('\\', "\\\\").replace('"', "\\\""));
        rest = tail;
    }
    rendered.push_str(rest);
    Ok(rendered)
}

fn unknown(name: &str, values: &[(&str, &str)]) -> CommandError {
    let known: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
    CommandError::new(
        format!("the template demo/wallet-server.toml has the unknown variable {{{{{name}}}}}"),
        format!("Use one of: {}.", known.join(", ")),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_variable_is_replaced_each_time() {
        let text = "a = \"{{x}}\"\nb = \"{{x}}/{{ y }}\"\n";
        assert_eq!(
            render(text, &[("x", "1"), ("y", "2")]).unwrap(),
            "a = \"1\"\nb = \"1/2\"\n"
        );
    }

    #[test]
    fn a_value_is_not_rendered_again_and_cannot_leave_its_string() {
        assert_eq!(render("\"{{x}}\"", &[("x", "{{x}}")]).unwrap(), "\"{{x}}\"");
        assert_eq!(
            render("\"{{x}}\"", &[("x", r#"C:\a"b"#)]).unwrap(),
            r#""C:\\a\"b""#
        );
    }

    #[test]
    fn an_unknown_or_unclosed_variable_is_named() {
        let message = render("{{wallett}}", &[("wallet", "w")])
            .unwrap_err()
            .to_string();
        assert!(
            message.contains("{{wallett}}") && message.contains("Use one of: wallet"),
            "{message}"
        );
        assert!(render("{{x", &[("x", "1")]).is_err());
    }

    #[test]
    fn the_committed_template_has_only_known_variables() {
        let template = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/wallet-server.toml");
        let text = std::fs::read_to_string(template).unwrap();
        let values = crate::demo::TEMPLATE_VARIABLES.map(|name| (name, "value"));
        let rendered = render(&text, &values).unwrap();
        assert!(!rendered.contains("{{"));
    }
}
