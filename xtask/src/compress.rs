//! Writes a `.br` file beside every built file that compresses well, so that servers send it as it is. `size` uses the
//! same compression. It runs once per build: the highest quality of brotli is too slow for a server.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use brotli::enc::BrotliEncoderParams;

use crate::command_error::CommandError;
use crate::tree;

/// Images and fonts are compressed already.
const COMPRESSIBLE_EXTENSIONS: [&str; 7] = ["html", "css", "js", "mjs", "wasm", "svg", "json"];

/// Compresses the files below `folder` whose `.br` file is missing or older than the file itself.
pub fn folder(folder: &Path) -> Result<(), CommandError> {
    for file in tree::files(folder, &[]) {
        let worth = file
            .extension()
            .and_then(OsStr::to_str)
            .is_some_and(|kind| COMPRESSIBLE_EXTENSIONS.contains(&kind));
        let packed = brotli_path(&file);
        if worth && !is_up_to_date(&packed, &file) {
            let bytes =
                std::fs::read(&file).map_err(|cause| CommandError::io("reading", &file, &cause))?;
            let small = brotli(&bytes)?;
            std::fs::write(&packed, small)
                .map_err(|cause| CommandError::io("writing", &packed, &cause))?;
        }
    }
    Ok(())
}

/// Compresses `bytes` with brotli at its highest quality, 11.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>, CommandError> {
    let settings = BrotliEncoderParams {
        quality: 11,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut small = Vec::new();
    let mut from = bytes;
    brotli::BrotliCompress(&mut from, &mut small, &settings).map_err(|cause| {
        CommandError::new(
            format!("compressing failed: {cause}"),
            "Free some memory and run this again.",
        )
    })?;
    Ok(small)
}

fn brotli_path(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".br");
    PathBuf::from(name)
}

fn is_up_to_date(packed: &Path, file: &Path) -> bool {
    let age = |path: &Path| {
        std::fs::metadata(path)
            .and_then(|data| data.modified())
            .ok()
    };
    matches!((age(packed), age(file)), (Some(packed), Some(file)) if packed >= file)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::folder as compress;

    fn plain(mut packed: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        brotli::BrotliDecompress(&mut packed, &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn text_files_get_a_br_file_and_images_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let text = "body { color: teal }\n".repeat(50);
        std::fs::write(at("a.css"), &text).unwrap();
        std::fs::write(at("a.png"), &text).unwrap();
        compress(folder.path()).unwrap();
        let packed = std::fs::read(at("a.css.br")).unwrap();
        assert!(packed.len() < text.len() / 5);
        assert_eq!(plain(&packed), text.as_bytes());
        assert!(!at("a.png.br").exists() && !at("a.css.br.br").exists());
    }

    #[test]
    fn only_changed_files_are_compressed_again() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("a.css"), "a").unwrap();
        compress(folder.path()).unwrap();
        std::fs::write(at("a.css.br"), "left alone").unwrap();
        compress(folder.path()).unwrap();
        assert_eq!(std::fs::read(at("a.css.br")).unwrap(), b"left alone");
        let later = std::time::SystemTime::now() + std::time::Duration::from_secs(5);
        std::fs::write(at("a.css"), "b").unwrap();
        std::fs::File::options()
            .write(true)
            .open(at("a.css"))
            .unwrap()
            .set_modified(later)
            .unwrap();
        compress(folder.path()).unwrap();
        assert_eq!(plain(&std::fs::read(at("a.css.br")).unwrap()), b"b");
    }
}
