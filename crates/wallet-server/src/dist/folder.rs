//! Reads a build from its folder: the template of the page, and each asset with its compressed form.
//!
//! Called by [`super::Dist`]. It must never follow a link or read a hidden file.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use axum::body::Bytes;
use sha2::{Digest, Sha256};

/// The maximum size of a build, so that a wrong folder cannot fill the memory.
const MAX_BUILD_BYTES: u64 = 32 * 1024 * 1024;

/// The maximum depth of subfolders.
const MAX_FOLDER_DEPTH: usize = 4;

/// One file of a build.
#[derive(Debug)]
pub struct Asset {
    /// The uncompressed content of the file.
    pub plain: Bytes,
    /// The content compressed with brotli, if the build has it.
    pub brotli: Option<Bytes>,
    /// The start of the content's SHA-256, in hex.
    pub hash: String,
    /// The value of its `Content-Type` header.
    pub content_type: &'static str,
}

/// One build of the frame.
#[derive(Debug)]
pub struct Build {
    /// The text of `index.html`, with its placeholders.
    pub page: String,
    assets: HashMap<String, Asset>,
}

/// The number of files and the newest modification time: they differ between builds.
pub(super) type BuildStamp = (usize, SystemTime);

impl Build {
    /// The file with this name: its path in the folder, with `/` between the parts.
    #[must_use]
    pub fn asset(&self, name: &str) -> Option<&Asset> {
        self.assets.get(name)
    }

    pub(super) fn read(folder: &Path) -> io::Result<Self> {
        let mut files = HashMap::new();
        let mut size = 0;
        for path in list(folder, MAX_FOLDER_DEPTH)? {
            let Some(name) = name(folder, &path) else {
                continue;
            };
            size += fs::metadata(&path)?.len();
            if size > MAX_BUILD_BYTES {
                return Err(io::Error::other(
                    "the folder is too large to be a build of the frame",
                ));
            }
            files.insert(name, (fs::read(&path)?, fs::metadata(&path)?.modified()?));
        }
        let page = files
            .remove("index.html")
            .ok_or_else(|| io::Error::other("there is no index.html"))?
            .0;
        let page = String::from_utf8(page).map_err(io::Error::other)?;
        let served = |name: &&String| !name.ends_with(".br") && !name.ends_with(".html");
        let assets = files
            .keys()
            .filter(served)
            .filter_map(|name| Some((name.clone(), asset(&files, name)?)));
        Ok(Self {
            page,
            assets: assets.collect(),
        })
    }
}

fn asset(files: &HashMap<String, (Vec<u8>, SystemTime)>, name: &str) -> Option<Asset> {
    let (plain, written) = files.get(name)?;
    // A compressed form that is older than its file belongs to another build.
    let brotli = files
        .get(&format!("{name}.br"))
        .filter(|(_, at)| at >= written);
    let hash = Sha256::digest(plain)
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Some(Asset {
        plain: Bytes::copy_from_slice(plain),
        brotli: brotli.map(|(bytes, _)| Bytes::copy_from_slice(bytes)),
        hash,
        content_type: content_type(name),
    })
}

/// The stamp of the build. `None` means that there is no `index.html`.
pub(super) fn stamp(folder: &Path) -> Option<BuildStamp> {
    fs::metadata(folder.join("index.html")).ok()?;
    let times = list(folder, MAX_FOLDER_DEPTH)
        .ok()?
        .into_iter()
        .filter_map(|path| fs::metadata(path).ok()?.modified().ok());
    times.fold(None, |stamp: Option<BuildStamp>, at| {
        Some(stamp.map_or((1, at), |(count, last)| (count + 1, last.max(at))))
    })
}

/// All regular files, without links and hidden files.
fn list(folder: &Path, depth: usize) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if kind.is_file() {
            found.push(entry.path());
        } else if kind.is_dir() && depth > 0 {
            found.extend(list(&entry.path(), depth - 1)?);
        }
    }
    Ok(found)
}

fn name(folder: &Path, path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path
        .strip_prefix(folder)
        .ok()?
        .iter()
        .map(|part| part.to_str())
        .collect();
    parts.map(|parts| parts.join("/"))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or("") {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
