//! What the checks found: one line each, as text or as JSON.
//!
//! Filled by the checks, printed by the command. It must never hold a secret.

use serde::Serialize;
use serde_json::json;

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckStatus {
    /// It is as it should be.
    Ok,
    /// The server works, and something is probably not meant.
    Warning,
    /// The server does not work, or not for everybody.
    Problem,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckResult {
    /// What was checked: `database`, `account 7 gateway`.
    pub check: String,
    /// How it ended.
    pub status: CheckStatus,
    /// What was found.
    pub detail: String,
    /// What the operator can do. Empty: nothing, or the detail says it.
    pub advice: String,
}

/// All checks, in the order in which they were made.
#[derive(Debug, Default)]
pub struct DoctorReport {
    /// The checks.
    pub checks: Vec<CheckResult>,
}

impl DoctorReport {
    pub(super) fn ok(&mut self, check: impl Into<String>, detail: impl Into<String>) {
        self.add(CheckStatus::Ok, check.into(), detail.into(), "");
    }

    pub(super) fn warning(
        &mut self,
        check: impl Into<String>,
        detail: impl Into<String>,
        advice: &str,
    ) {
        self.add(CheckStatus::Warning, check.into(), detail.into(), advice);
    }

    pub(super) fn problem(
        &mut self,
        check: impl Into<String>,
        detail: impl Into<String>,
        advice: &str,
    ) {
        self.add(CheckStatus::Problem, check.into(), detail.into(), advice);
    }

    fn add(&mut self, status: CheckStatus, check: String, detail: String, advice: &str) {
        self.checks.push(CheckResult {
            check,
            status,
            detail,
            advice: advice.to_owned(),
        });
    }

    /// The worst result.
    #[must_use]
    pub fn status(&self) -> CheckStatus {
        let all = self.checks.iter().map(|check| check.status);
        all.max().unwrap_or(CheckStatus::Ok)
    }

    /// Whether any check found a problem.
    #[must_use]
    pub fn has_problem(&self) -> bool {
        self.status() == CheckStatus::Problem
    }

    /// One line for each check.
    #[must_use]
    pub fn to_text(&self) -> String {
        let width = self.checks.iter().map(|one| one.check.len()).max();
        let width = width.unwrap_or_default();
        let lines = self.checks.iter().map(|one| {
            let status = match one.status {
                CheckStatus::Ok => "ok",
                CheckStatus::Warning => "warning",
                CheckStatus::Problem => "problem",
            };
            let advice = match one.advice.as_str() {
                "" => String::new(),
                advice => format!("; {advice}"),
            };
            // A text of another program must not begin a line of its own.
            let detail = one.detail.replace(char::is_control, " ");
            format!("{status:<7}  {:<width$}  {detail}{advice}\n", one.check)
        });
        lines.collect()
    }

    /// One JSON object: the worst status, and all checks.
    #[must_use]
    pub fn to_json(&self) -> String {
        let object = json!({"status": self.status(), "checks": self.checks});
        format!("{object}\n")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn each_check_is_one_line_and_the_worst_is_the_whole() {
        let mut report = DoctorReport::default();
        assert_eq!(report.status(), CheckStatus::Ok);
        report.ok("database", "can be\nwritten");
        report.warning("clock", "3 s behind", "start NTP");
        assert!(!report.has_problem());
        report.problem("form", "no build", "");
        assert!(report.has_problem());
        let lines = [
            "ok       database  can be written",
            "warning  clock     3 s behind; start NTP",
            "problem  form      no build",
        ];
        assert_eq!(report.to_text().lines().collect::<Vec<_>>(), lines);
        let parsed: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
        assert_eq!(parsed["status"], "problem");
        assert_eq!(parsed["checks"][1]["advice"], "start NTP");
        assert_eq!(parsed["checks"][0]["status"], "ok");
    }
}
