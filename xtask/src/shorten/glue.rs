//! Renames the imports in the JavaScript that wasm-bindgen writes beside a module, and removes comments and indentation.
//! Called by `shorten`. It works line by line and does not parse JavaScript. It must never change a file whose lines are
//! not as wasm-bindgen writes them: it returns `None`.

/// Renames the function `from` to `to`. `None` unless it is defined exactly once.
pub fn rename(glue: &str, from: &str, to: &str) -> Option<String> {
    let defined = format!(" {from}: function");
    let (before, after) = glue.split_once(&defined)?;
    (!after.contains(&defined)).then(|| format!("{before} {to}: function{after}"))
}

/// Renames the module `from` to `to`. `None` unless it occurs exactly once.
pub fn rename_module(glue: &str, from: &str, to: &str) -> Option<String> {
    let named = format!("\"{from}\": ");
    let (before, after) = glue.split_once(&named)?;
    (!after.contains(&named)).then(|| format!("{before}\"{to}\": {after}"))
}

/// Removes indentation, empty lines and lines of comments. `None` if a string has several lines, because its
/// indentation is part of it.
pub fn tighten(glue: &str) -> Option<String> {
    let mut tight = String::new();
    let mut in_comment = false;
    for line in glue.lines().map(str::trim) {
        if line.matches('`').count() % 2 == 1 {
            return None;
        }
        in_comment |= line.starts_with("/**");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            tight.push_str(line);
            tight.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    (!in_comment).then_some(tight)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "/* @ts-self-types=\"./x.d.ts\" */\n\
        /**\n * Starts.\n */\n\
        function imports() {\n    \
            return {\n        \
                __wbg_a_12: function(x) { return x; },\n        \
                __wbg_ab_12: function(x) {\n            // why\n            throw `no ${x}`;\n        },\n\n    \
            };\n}\n\
        imports({ \"./x_bg.js\": 1 });\n";

    #[test]
    fn a_function_is_renamed_where_it_is_defined() {
        let glue = rename(GLUE, "__wbg_a_12", "a").unwrap_or_default();
        assert!(glue.contains(" a: function(x)") && glue.contains(" __wbg_ab_12: function"));
        assert_eq!(rename(GLUE, "__wbg_b_12", "b"), None);
        assert_eq!(rename(&GLUE.repeat(2), "__wbg_a_12", "a"), None);
        let glue = rename_module(GLUE, "./x_bg.js", "g").unwrap_or_default();
        assert!(glue.ends_with("imports({ \"g\": 1 });\n"));
        assert_eq!(rename_module(GLUE, "./y_bg.js", "g"), None);
    }

    #[test]
    fn only_indentation_and_comments_are_removed() {
        let tight = "/* @ts-self-types=\"./x.d.ts\" */\nfunction imports() {\nreturn {\n\
            __wbg_a_12: function(x) { return x; },\n__wbg_ab_12: function(x) {\nthrow `no ${x}`;\n},\n};\n}\n\
            imports({ \"./x_bg.js\": 1 });\n";
        assert_eq!(tighten(GLUE).as_deref(), Some(tight));
        assert_eq!(tighten("throw `two\n  lines`;"), None);
        assert_eq!(tighten("/** for ever"), None);
    }
}
