//! `cargo xtask size`: what a browser downloads of ours, in brotli 11, part by part, against the budget. Fails over it.

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use crate::compress;
use crate::failure::Failure;
use crate::need::Purpose;
use crate::progress;
use crate::setup;
use crate::tree;
use crate::workshop::Workshop;
use crate::{build, companion, page};

/// Bytes in brotli; on a slow 4G line every 10 kB cost a person about 50 ms.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    aim: usize,
    limit: usize,
}

const FRAME: Budget = Budget {
    aim: 60_000,
    limit: 78_500,
};
/// With one adapter; its limit only keeps it from growing unnoticed.
const COMPANION: Budget = Budget {
    aim: 20_000,
    limit: 73_000,
};

/// How a total stands to its budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Within,
    /// More than wanted, not too much.
    OverAim,
    OverLimit,
}

impl Budget {
    fn judge(self, bytes: usize) -> Verdict {
        if bytes > self.limit {
            Verdict::OverLimit
        } else if bytes > self.aim {
            Verdict::OverAim
        } else {
            Verdict::Within
        }
    }
}

/// What a file is, for the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Html,
    Style,
    Boot,
    Glue,
    Wasm,
    Words,
    Other,
}

impl Part {
    const ALL: [Self; 7] = [
        Self::Html,
        Self::Style,
        Self::Boot,
        Self::Glue,
        Self::Wasm,
        Self::Words,
        Self::Other,
    ];

    fn as_str(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Style => "css",
            Self::Boot => "boot.js",
            Self::Glue => "glue",
            Self::Wasm => "wasm",
            Self::Words => "other languages",
            Self::Other => "other",
        }
    }

    /// Another language's words are downloaded by its readers alone, one file each: the budget is of what all download.
    fn is_for_everyone(self) -> bool {
        self != Self::Words
    }

    /// `None` for what no browser downloads: compressed twins, and what a package says about itself.
    fn of(name: &str) -> Option<Self> {
        let kind = name.rsplit('.').next().unwrap_or_default();
        let described = name.ends_with(".d.ts") || name == "package.json" || name.starts_with('.');
        match kind {
            "br" | "gz" | "md" => None,
            _ if described || name.starts_with("LICENSE") => None,
            "html" => Some(Self::Html),
            "css" => Some(Self::Style),
            "js" if name == "boot.js" || name.starts_with("boot-") => Some(Self::Boot),
            "js" | "mjs" => Some(Self::Glue),
            "wasm" => Some(Self::Wasm),
            "json" => Some(Self::Words),
            _ => Some(Self::Other),
        }
    }
}

/// The sizes of one thing people download.
#[derive(Debug)]
pub struct Table {
    title: &'static str,
    budget: Budget,
    /// Part, bytes as they are, bytes in brotli.
    rows: Vec<(Part, usize, usize)>,
}

impl Table {
    /// Weighs every file below `folder`.
    fn weigh(title: &'static str, budget: Budget, folder: &Path) -> Result<Self, Failure> {
        let mut rows = Vec::new();
        for file in tree::files(folder, &[]) {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let Some(part) = Part::of(&name) else {
                continue;
            };
            let bytes =
                std::fs::read(&file).map_err(|cause| Failure::file("reading", &file, &cause))?;
            rows.push((part, bytes.len(), compress::brotli(&bytes)?.len()));
        }
        Ok(Self {
            title,
            budget,
            rows,
        })
    }

    fn sum(&self, wanted: impl Fn(Part) -> bool) -> (usize, usize) {
        let rows = self.rows.iter().filter(|(part, ..)| wanted(*part));
        rows.fold((0, 0), |(raw, small), (_, more_raw, more_small)| {
            (raw + more_raw, small + more_small)
        })
    }

    /// How the whole stands to its budget.
    pub fn verdict(&self) -> Verdict {
        self.budget.judge(self.sum(Part::is_for_everyone).1)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<32}{:>10}{:>10}", self.title, "raw", "brotli")?;
        for part in Part::ALL {
            let (raw, small) = self.sum(|other| other == part);
            if raw > 0 {
                writeln!(f, "  {:<30}{raw:>10}{small:>10}", part.as_str())?;
            }
        }
        let (raw, small) = self.sum(Part::is_for_everyone);
        write!(f, "  {:<30}{raw:>10}{small:>10}  ", "together")?;
        let Budget { aim, limit } = self.budget;
        match self.verdict() {
            Verdict::Within => write!(f, "within the aim of {aim}"),
            Verdict::OverAim => write!(f, "over the aim of {aim}"),
            Verdict::OverLimit => write!(f, "OVER THE BUDGET of {limit}"),
        }
    }
}

/// Builds the pages and prints the tables.
pub fn run(shop: &Workshop) -> Result<ExitCode, Failure> {
    setup::run(shop, &[Purpose::Build])?;
    build::pages(shop)?;
    hold(shop)?;
    Ok(ExitCode::SUCCESS)
}

/// Weighs what is built, and fails over a limit: `test` asks for it as for any other promise.
pub fn hold(shop: &Workshop) -> Result<(), Failure> {
    let built = [
        ("the frame", FRAME, shop.root.join(page::FRAME.dist)),
        (
            "the frame for Braintree",
            FRAME,
            shop.root.join(page::BRAINTREE.dist),
        ),
        (
            "the companion for plain pages",
            COMPANION,
            companion::package(shop),
        ),
    ];
    for (title, budget, folder) in built {
        let table = Table::weigh(title, budget, &folder)?;
        progress::say(format!("{table}\n"));
        if table.verdict() == Verdict::OverLimit {
            return Err(Failure::new(
                format!("{title} is larger than its budget"),
                "Find what has grown, with the figures above; the budgets are in xtask/src/size.rs.",
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_total_is_judged_by_both_numbers() {
        assert_eq!(FRAME.judge(60_000), Verdict::Within);
        assert_eq!(FRAME.judge(60_001), Verdict::OverAim);
        assert_eq!(FRAME.judge(78_500), Verdict::OverAim);
        assert_eq!(FRAME.judge(78_501), Verdict::OverLimit);
        assert_eq!(COMPANION.judge(73_000), Verdict::OverAim);
        assert_eq!(COMPANION.judge(73_001), Verdict::OverLimit);
    }

    #[test]
    fn parts_are_summed_apart_and_together() {
        let rows = vec![
            (Part::Glue, 100, 10),
            (Part::Wasm, 1_000, 300),
            (Part::Glue, 50, 5),
        ];
        let table = Table {
            title: "it",
            budget: FRAME,
            rows,
        };
        assert_eq!(table.sum(|part| part == Part::Glue), (150, 15));
        assert_eq!(table.sum(|_| true), (1_150, 315));
        let text = table.to_string();
        assert!(text.contains("glue") && !text.contains("css"), "{text}");
        assert!(
            text.ends_with("1150       315  within the aim of 60000"),
            "{text}"
        );
    }

    #[test]
    fn only_what_is_downloaded_is_weighed() {
        let folder = tempfile::tempdir().unwrap();
        let names = [
            "index.html",
            "frame-1a2b.css",
            "card-entry-1a2b.js",
            "card-entry-1a2b_bg.wasm",
            "boot.js",
            "card.svg",
            "fr.json",
            "index.html.br",
            "package.json",
            "a.d.ts",
            ".gitignore",
            "README.md",
            "LICENSE-MIT",
        ];
        for name in names {
            std::fs::write(folder.path().join(name), "x".repeat(100)).unwrap();
        }
        let table = Table::weigh("it", FRAME, folder.path()).unwrap();
        assert_eq!(table.rows.len(), 7);
        for part in Part::ALL {
            assert_eq!(table.sum(|other| other == part).0, 100, "{part:?}");
        }
        assert_eq!(table.sum(Part::is_for_everyone).0, 600);
    }
}
