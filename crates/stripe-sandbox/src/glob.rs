//! Path patterns with `*` and `**`. Used by fault rules and by the list of requests.

/// Whether `path` matches `pattern`. `*` matches one segment; `**` matches the rest of the path.
#[must_use]
pub fn matches(pattern: &str, path: &str) -> bool {
    let mut pattern_segments = pattern.trim_matches('/').split('/');
    let mut path_segments = path.trim_matches('/').split('/');
    loop {
        match (pattern_segments.next(), path_segments.next()) {
            (Some("**"), _) | (None, None) => return true,
            (Some(expected), Some(segment)) if expected == "*" || expected == segment => {}
            _ => return false,
        }
    }
}
