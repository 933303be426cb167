//! The package.json of the companion's package, as wasm-pack writes it for `--target web`: from the crate's Cargo.toml, in
//! wasm-pack's order. It must never name a file that is not in the package.

use std::path::Path;

use serde_json::Value;

use crate::command_error::CommandError;
use crate::host_system::{HostSystem, RealSystem};

/// The crate, and the npm package.
const CRATE: &str = "card-entry-companion";

/// `name` is that of the module's files, without extension.
pub fn text(root: &Path, name: &str) -> Result<String, CommandError> {
    let manifest = root.join("Cargo.toml").display().to_string();
    let args = [
        "metadata",
        "--no-deps",
        "--format-version",
        "1",
        "--manifest-path",
        &manifest,
    ];
    let output = RealSystem
        .find("cargo")
        .and_then(|cargo| RealSystem.output(&cargo, &args));
    let metadata: Option<Value> = output.and_then(|text| serde_json::from_str(&text).ok());
    metadata
        .as_ref()
        .and_then(|metadata| render(metadata, name))
        .ok_or_else(|| {
            CommandError::new(
                format!("cargo did not describe {CRATE}"),
                format!("Run `cargo metadata --no-deps --manifest-path {manifest}` to see why."),
            )
        })
}

fn render(metadata: &Value, name: &str) -> Option<String> {
    let mut packages = metadata.get("packages")?.as_array()?.iter();
    let package = packages.find(|package| package.get("name").is_some_and(|name| name == CRATE))?;
    let field = |name: &str| Some(package.get(name)?.as_str()?.to_owned());
    let quote = |text: String| Value::String(text).to_string();
    let (main, types) = (format!("{name}.js"), format!("{name}.d.ts"));
    let files: Vec<String> = [format!("{name}_bg.wasm"), main.clone(), types.clone()]
        .map(|file| format!("    {}", quote(file)))
        .to_vec();
    let lines = [
        format!("\"name\": {}", quote(CRATE.to_owned())),
        "\"type\": \"module\"".to_owned(),
        format!("\"description\": {}", quote(field("description")?)),
        format!("\"version\": {}", quote(field("version")?)),
        format!("\"license\": {}", quote(field("license")?)),
        format!(
            "\"repository\": {{\n    \"type\": \"git\",\n    \"url\": {}\n  }}",
            quote(field("repository")?)
        ),
        format!("\"files\": [\n{}\n  ]", files.join(",\n")),
        format!("\"main\": {}", quote(main)),
        format!("\"types\": {}", quote(types)),
        "\"sideEffects\": [\n    \"./snippets/*\"\n  ]".to_owned(),
    ];
    let lines = lines.map(|line| format!("  {line}"));
    Some(format!("{{\n{}\n}}\n", lines.join(",\n")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    /// What wasm-pack 0.15.0 wrote.
    const WASM_PACK: &str = r#"{
  "name": "card-entry-companion",
  "type": "module",
  "description": "The parent page's half of card-entry: embeds the card form and shows the wallet",
  "version": "0.1.0",
  "license": "MIT OR Apache-2.0",
  "repository": {
    "type": "git",
    "url": "https://github.com/card-entry/card-entry"
  },
  "files": [
    "card_entry_companion_bg.wasm",
    "card_entry_companion.js",
    "card_entry_companion.d.ts"
  ],
  "main": "card_entry_companion.js",
  "types": "card_entry_companion.d.ts",
  "sideEffects": [
    "./snippets/*"
  ]
}
"#;

    #[test]
    fn it_is_wasm_packs() {
        let metadata = json!({ "packages": [
            { "name": "card-entry", "version": "9.9.9" },
            {
                "name": "card-entry-companion",
                "description": "The parent page's half of card-entry: embeds the card form and shows the wallet",
                "version": "0.1.0",
                "license": "MIT OR Apache-2.0",
                "repository": "https://github.com/card-entry/card-entry"
            }
        ] });
        assert_eq!(
            render(&metadata, "card_entry_companion").unwrap(),
            WASM_PACK
        );
        assert_eq!(
            render(&json!({ "packages": [] }), "card_entry_companion"),
            None
        );
    }
}
