//! The rule that functions take five arguments at most, `self` included; the allowed exceptions are listed here by
//! name. Run by `source`.

use super::finding::Finding;
use super::rust_file::{RustFile, identifiers};

const MAX_ARGUMENTS: usize = 5;

/// Functions that may take more: path, name, reason. Four at most, which the type holds.
const ALLOWED: [(&str, &str, &str); 4] = [
    (
        "crates/card-entry-companion/src/leptos/card_present.rs",
        "CardPresent",
        COMPONENT,
    ),
    (
        "crates/card-entry-companion/src/leptos/form.rs",
        "CardEntryFrame",
        COMPONENT,
    ),
    (
        "crates/card-entry-companion/src/leptos/wallet.rs",
        "Wallet",
        COMPONENT,
    ),
    ("demo/src/view/field.rs", "TextField", COMPONENT),
];
const COMPONENT: &str = "a component of Leptos: its arguments are properties, which callers name";
const _: () = assert!(ALLOWED.len() <= 4);

/// One finding for each function with too many arguments.
pub fn check(files: &[RustFile]) -> Vec<Finding> {
    check_except(files, &ALLOWED)
}

fn check_except(files: &[RustFile], allowed: &[(&str, &str, &str)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for (offset, name, count) in functions(&file.code) {
            let is_allowed = allowed
                .iter()
                .any(|(path, function, _)| *path == file.path && *function == name);
            if count > MAX_ARGUMENTS && !is_allowed {
                findings.push(Finding::new(
                    &file.path,
                    file.line_at(offset),
                    format!(
                        "`{name}` takes {count} arguments; at most {MAX_ARGUMENTS}: take a struct, or make it a method"
                    ),
                ));
            }
        }
    }
    findings
}

/// Offset, name and number of arguments of each function.
fn functions(code: &str) -> Vec<(usize, &str, usize)> {
    let words: Vec<_> = identifiers(code).collect();
    let pairs = words.iter().zip(words.iter().skip(1));
    pairs
        .filter(|((_, keyword), _)| *keyword == "fn")
        .filter_map(|(_, (offset, name))| {
            let rest = code.get(offset + name.len()..)?;
            Some((*offset, *name, count_arguments(rest)?))
        })
        .collect()
}

/// `rest` begins after the function's name. `None` when no list of arguments follows.
fn count_arguments(rest: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut started = false;
    let mut count = 0;
    let mut has_argument = false;
    let mut previous = ' ';
    for c in rest.chars() {
        let is_arrow = previous == '-' && c == '>';
        previous = c;
        match c {
            '(' if depth == 0 && !started => started = true,
            ')' if depth == 0 => return started.then_some(count + usize::from(has_argument)),
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '>' if !is_arrow => depth = depth.saturating_sub(1),
            ',' if depth == 0 && started => {
                count += usize::from(has_argument);
                has_argument = false;
                continue;
            }
            ';' if depth == 0 => return None,
            _ => {}
        }
        has_argument |= started && !c.is_whitespace() && c != '(' || depth > 0 && started;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(code: &str) -> Vec<usize> {
        functions(code)
            .into_iter()
            .map(|(.., count)| count)
            .collect()
    }

    #[test]
    fn arguments_are_counted_at_the_top_level() {
        for (code, expected) in [
            ("fn a() {}", 0),
            ("fn a(\n) {}", 0),
            ("fn a(&self) {}", 1),
            ("fn a(b: B, c: C,) {}", 2),
            (
                "fn a<T, U: Fn(X) -> Y>(b: HashMap<T, U>, (c, d): (C, D)) -> (E, F) {}",
                2,
            ),
            (
                "fn a(b: impl Fn(&str, u8) -> Option<u8>, c: [u8; 3], d: &mut dyn Fn(A, B)) {}",
                3,
            ),
            ("fn a<T>((b, c): (B, C)) {}", 1),
        ] {
            assert_eq!(count(code), [expected], "{code}");
        }
        assert_eq!(
            count("type A = fn(B, C) -> D; let fn_a = 1;"),
            [] as [usize; 0]
        );
    }

    #[test]
    fn a_function_with_six_is_named_unless_it_is_allowed() {
        let code = "\nfn five(a: A, b: B, c: C, d: D, e: E) {}\nfn six(a: A, b: B, c: C, d: D, e: E, f: F) {}\n";
        let files = [RustFile::new("src/a.rs", code)];
        let findings = check_except(&files, &[]);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings
                .iter()
                .all(|found| found.line == 3 && found.message.contains("`six` takes 6"))
        );
        assert_eq!(check_except(&files, &[("src/a.rs", "six", "a reason")]), []);
        assert_eq!(
            check_except(&files, &[("src/b.rs", "six", "a reason")]).len(),
            1
        );
    }
}
