//! A strict reader of Prometheus' text format 0.0.4. It panics on everything that the format does not allow.
//!
//! See <https://prometheus.io/docs/instrumenting/exposition_formats/>.

use std::collections::{BTreeMap, HashSet};

/// The samples by name and labels, as they are written: `name{label="value"}`.
pub struct Exposition(BTreeMap<String, f64>);

fn is_name(text: &str) -> bool {
    let is_first = |c: char| c.is_ascii_alphabetic() || c == '_';
    text.starts_with(is_first) && text.chars().all(|c| is_first(c) || c.is_ascii_digit())
}

/// Splits `{name="value",…}`, whose values have only the three escapes.
fn read_labels(mut text: &str) -> Vec<(String, String)> {
    let mut labels = Vec::new();
    while !text.is_empty() {
        let (name, rest) = text.split_once("=\"").expect("a label");
        assert!(is_name(name), "{name}");
        let (mut value, mut chars) = (String::new(), rest.char_indices());
        let end = loop {
            match chars.next().expect("a closing quote") {
                (end, '"') => break end,
                (_, '\\') => match chars.next().expect("an escape").1 {
                    'n' => value.push('\n'),
                    c @ ('"' | '\\') => value.push(c),
                    other => panic!("\\{other}"),
                },
                (_, c) => value.push(c),
            }
        };
        labels.push((name.to_owned(), value));
        text = &rest[end + 1..];
        if let Some(rest) = text.strip_prefix(',') {
            assert!(!rest.is_empty(), "a comma at the end");
            text = rest;
        }
    }
    labels
}

impl Exposition {
    pub fn read(text: &str) -> Self {
        assert!(text.ends_with('\n'), "the last line has an end");
        let (mut samples, mut seen) = (BTreeMap::new(), HashSet::new());
        let (mut family, mut kind, mut helped) = (String::new(), "", String::new());
        for line in text.lines() {
            if let Some(help) = line.strip_prefix("# HELP ") {
                let (name, words) = help.split_once(' ').expect("words");
                assert!(!words.is_empty());
                name.clone_into(&mut helped);
            } else if let Some(typed) = line.strip_prefix("# TYPE ") {
                let (name, of) = typed.split_once(' ').expect("a type");
                assert_eq!(name, helped, "HELP stands before TYPE");
                assert!(
                    is_name(name) && seen.insert(name.to_owned()),
                    "{name} twice"
                );
                assert!(name.starts_with("card_entry_"), "{name}");
                assert!(["counter", "gauge", "histogram"].contains(&of), "{line}");
                assert_eq!(of == "counter", name.ends_with("_total"), "{name}");
                assert!(of != "histogram" || name.ends_with("_seconds"), "{name}");
                (family, kind) = (name.to_owned(), of);
            } else {
                let (series, value) = line.rsplit_once(' ').expect("a value");
                let (name, labels) = match series.split_once('{') {
                    Some((name, labels)) => (name, labels.strip_suffix('}').expect("a brace")),
                    None => (series, ""),
                };
                let rest = name.strip_prefix(&family).expect("a sample of its family");
                let parts = ["_bucket", "_sum", "_count"];
                assert_eq!(kind == "histogram", parts.contains(&rest), "{name}");
                assert!(kind == "histogram" || rest.is_empty(), "{name}");
                let names: Vec<_> = read_labels(labels).into_iter().map(|l| l.0).collect();
                let unique: HashSet<_> = names.iter().collect();
                assert_eq!(unique.len(), names.len(), "a label twice: {line}");
                let value: f64 = value.parse().expect("a number");
                assert!(value >= 0.0, "{line}");
                let old = samples.insert(series.to_owned(), value);
                assert!(old.is_none(), "a series twice: {line}");
            }
        }
        let read = Self(samples);
        read.check_buckets(text);
        read
    }

    /// The buckets of a series grow, and the last one is its count.
    fn check_buckets(&self, text: &str) {
        let mut last: Option<(String, f64)> = None;
        for line in text.lines().filter(|line| line.contains("_bucket{")) {
            let (series, count) = line.rsplit_once(' ').unwrap();
            let (head, bound) = series.split_once("le=\"").expect("a bound");
            let (_, tail) = bound.split_once('"').unwrap();
            let (key, count) = (format!("{head}{tail}"), count.parse::<f64>().unwrap());
            if let Some((before, smaller)) = &last {
                assert!(*before != key || *smaller <= count, "{line}");
            }
            if bound.starts_with("+Inf") {
                let whole = key.replacen("_bucket{", "_count{", 1).replace(",}", "}");
                assert_eq!(self.0.get(&whole), Some(&count), "{whole}");
            }
            last = Some((key, count));
        }
    }

    /// The sum of the samples of a name that have all of these labels.
    pub fn sum(&self, name: &str, labels: &[(&str, &str)]) -> f64 {
        let has = |series: &str| {
            let (own, rest) = series.split_once('{').unwrap_or((series, ""));
            let all = labels
                .iter()
                .map(|(name, value)| format!("{name}=\"{value}\""));
            own == name && all.into_iter().all(|label| rest.contains(&label))
        };
        let found = self.0.iter().filter(|(series, _)| has(series));
        found.map(|(_, value)| value).sum()
    }

    pub fn has(&self, series: &str) -> bool {
        self.0.contains_key(series)
    }
}
