//! The running programs: `cargo xtask demo --json` on its own ports.
//!
//! Started once for all journeys. Dropping it ends the programs.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::{StepResult, fail};

pub struct System {
    /// Ended on drop, in reverse order.
    pub(crate) children: Vec<Child>,
    pub(crate) data: tempfile::TempDir,
    pub booking: String,
    pub wallet: String,
    /// URL of the card form, without a query.
    pub frame: String,
    pub gateway: String,
    /// Origin of the card fields.
    pub fields: String,
    pub company_id: u64,
    /// The demo's JSON line; null for programs started without the demo.
    pub demo_line: Value,
}

/// Different from the default of `cargo xtask demo`, which may be running.
const PORT_BASE: &str = "24400";

fn text(ready: &Value, pointer: &str) -> StepResult<String> {
    let value = ready.pointer(pointer).and_then(Value::as_str);
    value
        .map(|url| url.trim_end_matches('/').to_owned())
        .ok_or_else(|| format!("the demo prints no {pointer}").into())
}

impl System {
    /// Starts the programs and waits for the JSON line that reports them ready.
    ///
    /// # Errors
    /// When the command cannot be started or ends without that line.
    pub fn start(root: &Path) -> StepResult<Self> {
        let data = tempfile::tempdir()?;
        let mut child = Command::new("cargo")
            .args([
                "xtask",
                "demo",
                "--json",
                "--port-base",
                PORT_BASE,
                "--data",
            ])
            .arg(data.path())
            .current_dir(root)
            .env("CARD_ENTRY_ALLOW_FAULTS", "true")
            .stdout(Stdio::piped())
            .spawn()?;
        let Some(stdout) = child.stdout.take() else {
            return fail("the demo has no output");
        };
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let ready: Value =
            serde_json::from_str(&line).map_err(|_| "the demo ended before it was ready")?;
        Ok(Self {
            children: vec![child],
            data,
            booking: text(&ready, "/booking")?,
            wallet: text(&ready, "/wallet")?,
            frame: text(&ready, "/frame")?,
            gateway: text(&ready, "/sandbox/api")?,
            fields: text(&ready, "/sandbox/fields")?,
            company_id: ready
                .pointer("/company_id")
                .and_then(Value::as_u64)
                .unwrap_or_default(),
            demo_line: ready,
        })
    }

    /// A string of the demo's JSON line, such as `/quilt/account_key`.
    ///
    /// # Errors
    /// When there is none.
    pub fn demo_output(&self, pointer: &str) -> StepResult<String> {
        text(&self.demo_line, pointer)
    }

    /// The booking page under another host name, where the frame is cross-site.
    #[must_use]
    pub fn booking_as(&self, host: &str) -> String {
        self.booking.replacen("127.0.0.1", host, 1)
    }

    /// Folder of the programs' data and logs.
    #[must_use]
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// The programs' log output so far.
    ///
    /// # Errors
    /// When a log cannot be read.
    pub fn logs(&self) -> StepResult<String> {
        let mut all = String::new();
        for entry in std::fs::read_dir(self.data.path().join("logs"))? {
            all.push_str(&String::from_utf8_lossy(&std::fs::read(entry?.path())?));
        }
        Ok(all)
    }

    /// The wallet's database file.
    ///
    /// # Errors
    /// When there is none.
    pub fn database(&self) -> StepResult<PathBuf> {
        let mut folders = vec![self.data.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder)? {
                let path = entry?.path();
                let name = path
                    .file_name()
                    .and_then(|name| name.to_str())
                    .unwrap_or_default()
                    .to_owned();
                if path.is_dir() {
                    folders.push(path);
                } else if name.starts_with("wallet")
                    && (name.ends_with(".sqlite") || name.ends_with(".db"))
                {
                    return Ok(path);
                }
            }
        }
        fail("the wallet server has no database file")
    }
}

impl Drop for System {
    fn drop(&mut self) {
        self.children.iter_mut().rev().for_each(stop);
    }
}

/// Sends SIGTERM and waits, then kills the process.
fn stop(child: &mut Child) {
    let _ = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    let signalled = Instant::now();
    while signalled.elapsed() < Duration::from_secs(10) {
        if matches!(child.try_wait(), Ok(Some(_))) {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let _ = child.kill();
    let _ = child.wait();
}
