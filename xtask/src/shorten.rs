//! Gives the imports of a built Wasm module short names, in the module and in its JavaScript (the "glue"). wasm-bindgen's
//! names end in 16 random characters, which do not compress: 3 kB of a page. Called by `page` and `companion` once per
//! build. It must never leave a module and a glue that do not match.

mod glue;
mod integrity;
mod wasm;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::command_error::CommandError;
use crate::tree;
use wasm::WasmModule;

/// The name of the glue in the module's imports.
const GLUE: &str = "g";

#[derive(Debug, PartialEq, Eq)]
struct ModuleAndGlue {
    wasm: Vec<u8>,
    glue: String,
}

impl ModuleAndGlue {
    /// The same files with short names. `None` if they are not as wasm-bindgen writes them.
    fn shorten(&self) -> Option<Self> {
        let mut module = WasmModule::read(&self.wasm)?;
        let mut modules = module.imports.iter().map(|import| &import.module);
        let long = modules.find(|module| module.ends_with("_bg.js"))?.clone();
        let mut short = glue::rename_module(&self.glue, &long, GLUE)?;
        let ours = module.imports.iter_mut();
        for (at, import) in ours.filter(|import| import.module == long).enumerate() {
            let name = name(at);
            short = glue::rename(&short, &import.name, &name)?;
            (import.module, import.name) = (GLUE.to_owned(), name);
        }
        Some(Self {
            wasm: module.write(),
            glue: glue::tighten(&short)?,
        })
    }

    /// 16 hexadecimal digits that change when a byte of either file changes.
    fn content_hash(&self) -> String {
        let mut hasher = DefaultHasher::new();
        (&self.wasm, &self.glue).hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }
}

/// The short name of the import at index `at`: `a` to `z`, then two letters, and so on.
fn name(mut at: usize) -> String {
    let mut name = String::new();
    loop {
        let letter = u8::try_from(at % 26).unwrap_or_default();
        name.push(char::from(b'a' + letter));
        at /= 26;
        if at == 0 {
            return name;
        }
        at -= 1;
    }
}

/// Shortens the names in a package. Its files keep their names.
pub fn package(folder: &Path, name: &str) -> Result<(), CommandError> {
    let wasm = folder.join(format!("{name}_bg.wasm"));
    let glue = folder.join(format!("{name}.js"));
    let short = shorten(&read(&wasm, &glue)?, &wasm)?;
    write(&wasm, &short.wasm)?;
    write(&glue, short.glue.as_bytes())
}

/// Shortens the names in a page. Browsers cache its files by name, and `index.html` has their hashes: both are changed.
pub fn page(folder: &Path) -> Result<(), CommandError> {
    let is_module = |file: &PathBuf| file.to_string_lossy().ends_with("_bg.wasm");
    let wasm = tree::files(folder, &[]).into_iter().find(is_module);
    let wasm = wasm.ok_or_else(|| unexpected_format(folder))?;
    let stem = wasm.file_name().unwrap_or_default().to_string_lossy();
    let stem = stem.trim_end_matches("_bg.wasm");
    let glue = folder.join(format!("{stem}.js"));
    let index = folder.join("index.html");

    let long = read(&wasm, &glue)?;
    let short = shorten(&long, &wasm)?;
    let hashed_stem = hashed_stem(stem, &short);
    let mut html = std::fs::read_to_string(&index)
        .map_err(|cause| CommandError::io("reading", &index, &cause))?;
    let integrities = |pair: &ModuleAndGlue| {
        [pair.wasm.as_slice(), pair.glue.as_bytes()].map(integrity::sha384_metadata)
    };
    let ([long_wasm, long_glue], [_, short_glue]) = (integrities(&long), integrities(&short));
    // The module is preloaded with `as=fetch`. Browsers do not check the hash of such a preload; they only print a warning.
    let (ignored, none) = (format!(" integrity=\"{long_wasm}\""), String::new());
    for (old, new) in [
        (stem, &hashed_stem),
        (&ignored, &none),
        (&long_glue, &short_glue),
    ] {
        if !html.contains(old) {
            return Err(unexpected_format(&index));
        }
        html = html.replace(old, new);
    }
    write(&folder.join(format!("{hashed_stem}_bg.wasm")), &short.wasm)?;
    write(
        &folder.join(format!("{hashed_stem}.js")),
        short.glue.as_bytes(),
    )?;
    write(&index, html.as_bytes())?;
    let gone = [&wasm, &glue].into_iter().filter(|_| stem != hashed_stem);
    for old in gone {
        std::fs::remove_file(old).map_err(|cause| CommandError::io("removing", old, &cause))?;
    }
    Ok(())
}

/// The name of the shortened files, without extension. Trunk appends 16 hexadecimal digits to a page's name, which are
/// replaced; with `filehash = false` it appends none, and the name stays.
fn hashed_stem(stem: &str, short: &ModuleAndGlue) -> String {
    let is_hash = |text: &str| text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
    match stem.rsplit_once('-') {
        Some((name, content_hash)) if is_hash(content_hash) => {
            format!("{name}-{}", short.content_hash())
        }
        _ => stem.to_owned(),
    }
}

fn read(wasm: &Path, glue: &Path) -> Result<ModuleAndGlue, CommandError> {
    Ok(ModuleAndGlue {
        wasm: std::fs::read(wasm).map_err(|cause| CommandError::io("reading", wasm, &cause))?,
        glue: std::fs::read_to_string(glue)
            .map_err(|cause| CommandError::io("reading", glue, &cause))?,
    })
}

fn shorten(pair: &ModuleAndGlue, wasm: &Path) -> Result<ModuleAndGlue, CommandError> {
    pair.shorten().ok_or_else(|| unexpected_format(wasm))
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    std::fs::write(file, bytes).map_err(|cause| CommandError::io("writing", file, &cause))
}

fn unexpected_format(path: &Path) -> CommandError {
    CommandError::new(
        format!("{} is not as wasm-bindgen writes it", path.display()),
        "Run `cargo xtask setup`; after a change of wasm-bindgen's version, look at xtask/src/shorten.",
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
    use super::*;

    const LONG: &str = "__wbg_close_910d189411ba5062";

    /// A module with one imported function, and its glue.
    fn pair() -> ModuleAndGlue {
        let mut wasm = b"\0asm\x01\0\0\0\x02\x2c\x01\x0b./x_1_bg.js\x1c".to_vec();
        wasm.extend(LONG.as_bytes());
        wasm.extend([0, 0]);
        ModuleAndGlue {
            wasm,
            glue: format!(
                "const all = {{\n    {LONG}: function(x) {{ x.close(); }},\n}};\nexport default {{ \"./x_1_bg.js\": all }};\n"
            ),
        }
    }

    fn write_pair(folder: &Path, stem: &str) -> ModuleAndGlue {
        let pair = pair();
        std::fs::write(folder.join(format!("{stem}_bg.wasm")), &pair.wasm).unwrap();
        std::fs::write(folder.join(format!("{stem}.js")), &pair.glue).unwrap();
        pair
    }

    #[test]
    fn both_files_get_the_same_short_name() {
        let short = pair().shorten().unwrap();
        let module = WasmModule::read(&short.wasm).unwrap();
        let [import] = module.imports.as_slice() else {
            panic!("{:?}", module.imports);
        };
        assert_eq!((import.module.as_str(), import.name.as_str()), ("g", "a"));
        let glue =
            "const all = {\na: function(x) { x.close(); },\n};\nexport default { \"g\": all };\n";
        assert_eq!(short.glue, glue);
        assert_eq!(short.shorten(), None, "there is nothing left to shorten");
    }

    #[test]
    fn a_glue_of_another_module_is_refused() {
        let mut other = pair();
        other.glue = other.glue.replace("close_910", "close_911");
        assert_eq!(other.shorten(), None);
    }

    #[test]
    fn short_names_are_letters_and_unique() {
        assert_eq!([0, 25, 26, 51, 52].map(name), ["a", "z", "aa", "za", "ab"]);
        let all: std::collections::HashSet<_> = (0..2_000).map(name).collect();
        assert_eq!(all.len(), 2_000);
    }

    #[test]
    fn a_page_has_names_and_hashes_of_the_new_files() {
        let folder = tempfile::tempdir().unwrap();
        let pair = write_pair(folder.path(), "x-0a1b0a1b0a1b0a1b");
        let [wasm, glue] = [&pair.wasm[..], pair.glue.as_bytes()].map(integrity::sha384_metadata);
        let index = folder.path().join("index.html");
        let html = format!(
            "<a x-0a1b0a1b0a1b0a1b.js {glue}><a x-0a1b0a1b0a1b0a1b_bg.wasm integrity=\"{wasm}\" as=fetch>"
        );
        std::fs::write(&index, html).unwrap();
        page(folder.path()).unwrap();
        let html = std::fs::read_to_string(&index).unwrap();
        let names = tree::files(folder.path(), &[]);
        assert_eq!(names.len(), 3, "{names:?}");
        for file in names.iter().filter(|file| **file != index) {
            let name = file.file_name().unwrap().to_string_lossy();
            assert!(!name.contains("0a1b"), "{name}");
            let expected = if name.ends_with(".wasm") {
                "as=fetch".to_owned()
            } else {
                integrity::sha384_metadata(&std::fs::read(file).unwrap())
            };
            assert!(html.contains(&format!("<a {name} {expected}>")), "{html}");
        }
    }

    #[test]
    fn file_names_without_a_hash_stay() {
        let folder = tempfile::tempdir().unwrap();
        let long = write_pair(folder.path(), "booking-page");
        let [wasm, glue] = [&long.wasm[..], long.glue.as_bytes()].map(integrity::sha384_metadata);
        let html =
            format!("<a booking-page.js {glue}><a booking-page_bg.wasm integrity=\"{wasm}\">");
        std::fs::write(folder.path().join("index.html"), html).unwrap();
        page(folder.path()).unwrap();
        let wasm = folder.path().join("booking-page_bg.wasm");
        let short = read(&wasm, &folder.path().join("booking-page.js")).unwrap();
        assert_eq!(Some(&short), long.shorten().as_ref());
        let html = std::fs::read_to_string(folder.path().join("index.html")).unwrap();
        assert!(
            html.contains(&integrity::sha384_metadata(short.glue.as_bytes())),
            "{html}"
        );
        assert!(!html.contains("integrity="), "{html}");
    }

    #[test]
    fn a_page_with_other_hashes_is_not_changed() {
        let folder = tempfile::tempdir().unwrap();
        write_pair(folder.path(), "x-0a1b0a1b0a1b0a1b");
        std::fs::write(
            folder.path().join("index.html"),
            "x-0a1b0a1b0a1b0a1b sha256-x",
        )
        .unwrap();
        assert!(page(folder.path()).is_err());
        assert_eq!(tree::files(folder.path(), &[]).len(), 3);
        assert!(folder.path().join("x-0a1b0a1b0a1b0a1b.js").exists());
    }

    #[test]
    fn a_package_keeps_its_file_names() {
        let folder = tempfile::tempdir().unwrap();
        let long = write_pair(folder.path(), "x");
        package(folder.path(), "x").unwrap();
        let wasm = folder.path().join("x_bg.wasm");
        let short = read(&wasm, &folder.path().join("x.js")).unwrap();
        assert_eq!(Some(short), long.shorten());
    }
}
