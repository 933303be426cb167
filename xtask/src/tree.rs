//! Lists the files below a folder in a fixed order, without built and downloaded ones. Used by `source`, `compress` and
//! `build_record`.

use std::path::{Path, PathBuf};

/// Folders with built or downloaded files only.
const GENERATED_FOLDERS: [&str; 5] = [".git", "target", "dist", "pkg", "node_modules"];

/// Every file below `folder`, or `folder` itself if it is a file, without the folders named in `skip`.
/// What cannot be read is left out; the caller that needs it reports it.
pub fn files(folder: &Path, skip: &[&str]) -> Vec<PathBuf> {
    if folder.is_file() {
        return vec![folder.to_path_buf()];
    }
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        let entries = std::fs::read_dir(&next).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let is_skipped =
                GENERATED_FOLDERS.contains(&name.as_ref()) || skip.contains(&name.as_ref());
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && !is_skipped => open.push(entry.path()),
                Ok(kind) if kind.is_file() => found.push(entry.path()),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn generated_folders_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for path in [
            "a.rs",
            "sub/b.rs",
            "target/c.rs",
            "sub/node_modules/d.js",
            "server/e.rs",
        ] {
            let file = folder.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, "").unwrap();
        }
        let names = |skip: &[&str]| -> Vec<String> {
            let strip = |file: PathBuf| {
                file.strip_prefix(folder.path())
                    .unwrap()
                    .display()
                    .to_string()
            };
            files(folder.path(), skip).into_iter().map(strip).collect()
        };
        assert_eq!(names(&[]), ["a.rs", "server/e.rs", "sub/b.rs"]);
        assert_eq!(names(&["server"]), ["a.rs", "sub/b.rs"]);
        assert_eq!(files(&folder.path().join("a.rs"), &[]).len(), 1);
    }
}
