//! The last lines of a log, for error messages. It must never fail: a missing log counts as empty.

use std::path::Path;

/// A compiler's error, followed by the error of the tool that ran it, is about this long.
const MAX_LINES: usize = 30;

/// The last lines of `log`, indented, and the path of the whole log.
pub fn last_lines(log: &Path) -> String {
    let bytes = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let from = lines.len().saturating_sub(MAX_LINES);
    let mut shown: String = lines
        .iter()
        .skip(from)
        .map(|line| format!("    {line}\n"))
        .collect();
    shown.push_str(&format!("    (whole log: {})", log.display()));
    shown
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_end_and_the_path_are_shown() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("a.log");
        let text: String = (1..=60).map(|n| format!("line {n}\n\n")).collect();
        std::fs::write(&log, text).unwrap();
        let shown = last_lines(&log);
        assert!(shown.contains("line 60") && shown.contains("line 31\n"));
        assert!(!shown.contains("line 30\n"));
        assert!(shown.ends_with(&format!("(whole log: {})", log.display())));
    }

    #[test]
    fn a_missing_log_is_empty() {
        assert!(last_lines(Path::new("no/such.log")).starts_with("    (whole log:"));
    }
}
