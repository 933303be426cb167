//! `cargo xtask size`: the bytes of our files that a browser downloads, compressed with brotli 11, compared with the
//! budget. It fails when the frame or the companion is over its maximum. The e2e step runs it too.

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use crate::command_error::CommandError;
use crate::compress;
use crate::context::Context;
use crate::dependency::Activity;
use crate::progress;
use crate::setup;
use crate::tree;
use crate::{build, companion, page};

/// In bytes, compressed with brotli. On a slow 4G line, 10 kB take about 50 ms.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    goal: usize,
    max: usize,
}

const FRAME: Budget = Budget {
    goal: 60_000,
    max: 78_500,
};
/// With one adapter. Its maximum is there so that growth is noticed.
const COMPANION: Budget = Budget {
    goal: 20_000,
    max: 73_000,
};

/// A total compared with its budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BudgetStatus {
    Within,
    /// Over the goal, and not over the maximum.
    OverGoal,
    OverMax,
}

impl Budget {
    fn status(self, bytes: usize) -> BudgetStatus {
        if bytes > self.max {
            BudgetStatus::OverMax
        } else if bytes > self.goal {
            BudgetStatus::OverGoal
        } else {
            BudgetStatus::Within
        }
    }
}

/// The kind of a file, which is a row of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AssetKind {
    Html,
    Style,
    Boot,
    Glue,
    Wasm,
    Translations,
    Other,
}

impl AssetKind {
    const ALL: [Self; 7] = [
        Self::Html,
        Self::Style,
        Self::Boot,
        Self::Glue,
        Self::Wasm,
        Self::Translations,
        Self::Other,
    ];

    fn as_str(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Style => "css",
            Self::Boot => "boot.js",
            Self::Glue => "glue",
            Self::Wasm => "wasm",
            Self::Translations => "other languages",
            Self::Other => "other",
        }
    }

    /// A browser downloads one file of translations at most, and none in English: they are not in the budget.
    fn counts_towards_budget(self) -> bool {
        self != Self::Translations
    }

    /// `None` for files that no browser downloads: `.br` files, types and a package's own description.
    fn from_file_name(name: &str) -> Option<Self> {
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
            "json" => Some(Self::Translations),
            _ => Some(Self::Other),
        }
    }
}

/// The sizes of the files of one page or package.
#[derive(Debug)]
pub struct SizeReport {
    title: &'static str,
    budget: Budget,
    /// Kind, bytes, bytes compressed with brotli.
    rows: Vec<(AssetKind, usize, usize)>,
}

impl SizeReport {
    /// Reads and compresses every file below `folder`.
    fn measure(title: &'static str, budget: Budget, folder: &Path) -> Result<Self, CommandError> {
        let mut rows = Vec::new();
        for file in tree::files(folder, &[]) {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let Some(part) = AssetKind::from_file_name(&name) else {
                continue;
            };
            let bytes =
                std::fs::read(&file).map_err(|cause| CommandError::io("reading", &file, &cause))?;
            rows.push((part, bytes.len(), compress::brotli(&bytes)?.len()));
        }
        Ok(Self {
            title,
            budget,
            rows,
        })
    }

    fn sum(&self, wanted: impl Fn(AssetKind) -> bool) -> (usize, usize) {
        let rows = self.rows.iter().filter(|(part, ..)| wanted(*part));
        rows.fold((0, 0), |(raw, small), (_, more_raw, more_small)| {
            (raw + more_raw, small + more_small)
        })
    }

    /// The total of the files in the budget, compared with it.
    pub fn status(&self) -> BudgetStatus {
        self.budget
            .status(self.sum(AssetKind::counts_towards_budget).1)
    }
}

impl fmt::Display for SizeReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<32}{:>10}{:>10}", self.title, "raw", "brotli")?;
        for part in AssetKind::ALL {
            let (raw, small) = self.sum(|other| other == part);
            if raw > 0 {
                writeln!(f, "  {:<30}{raw:>10}{small:>10}", part.as_str())?;
            }
        }
        let (raw, small) = self.sum(AssetKind::counts_towards_budget);
        write!(f, "  {:<30}{raw:>10}{small:>10}  ", "together")?;
        let Budget { goal, max } = self.budget;
        match self.status() {
            BudgetStatus::Within => write!(f, "within the goal of {goal}"),
            BudgetStatus::OverGoal => write!(f, "over the goal of {goal}"),
            BudgetStatus::OverMax => write!(f, "OVER THE MAXIMUM of {max}"),
        }
    }
}

/// Builds the pages and prints the reports.
pub fn run(context: &Context) -> Result<ExitCode, CommandError> {
    setup::run(context, &[Activity::Build])?;
    build::pages(context)?;
    check_budgets(context)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the reports of what is built. Fails when one is over its maximum.
pub fn check_budgets(context: &Context) -> Result<(), CommandError> {
    let built = [
        ("the frame", FRAME, context.root.join(page::FRAME.dist)),
        (
            "the frame for Braintree",
            FRAME,
            context.root.join(page::BRAINTREE.dist),
        ),
        (
            "the companion for plain pages",
            COMPANION,
            companion::package(context),
        ),
    ];
    for (title, budget, folder) in built {
        let table = SizeReport::measure(title, budget, &folder)?;
        progress::print(format!("{table}\n"));
        if table.status() == BudgetStatus::OverMax {
            return Err(CommandError::new(
                format!("{title} is larger than its budget"),
                "Use the figures above to find what has grown. The budgets are in xtask/src/size.rs.",
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
    fn a_total_is_compared_with_goal_and_maximum() {
        assert_eq!(FRAME.status(60_000), BudgetStatus::Within);
        assert_eq!(FRAME.status(60_001), BudgetStatus::OverGoal);
        assert_eq!(FRAME.status(78_500), BudgetStatus::OverGoal);
        assert_eq!(FRAME.status(78_501), BudgetStatus::OverMax);
        assert_eq!(COMPANION.status(73_000), BudgetStatus::OverGoal);
        assert_eq!(COMPANION.status(73_001), BudgetStatus::OverMax);
    }

    #[test]
    fn kinds_are_summed_alone_and_together() {
        let rows = vec![
            (AssetKind::Glue, 100, 10),
            (AssetKind::Wasm, 1_000, 300),
            (AssetKind::Glue, 50, 5),
        ];
        let table = SizeReport {
            title: "it",
            budget: FRAME,
            rows,
        };
        assert_eq!(table.sum(|part| part == AssetKind::Glue), (150, 15));
        assert_eq!(table.sum(|_| true), (1_150, 315));
        let text = table.to_string();
        assert!(text.contains("glue") && !text.contains("css"), "{text}");
        assert!(
            text.ends_with("1150       315  within the goal of 60000"),
            "{text}"
        );
    }

    #[test]
    fn only_downloaded_files_are_counted() {
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
        let table = SizeReport::measure("it", FRAME, folder.path()).unwrap();
        assert_eq!(table.rows.len(), 7);
        for part in AssetKind::ALL {
            assert_eq!(table.sum(|other| other == part).0, 100, "{part:?}");
        }
        assert_eq!(table.sum(AssetKind::counts_towards_budget).0, 600);
    }
}
