//! The running programs: `cargo xtask demo --json` as anyone starts it, on ports of its own.
//!
//! Started once for all journeys, ended when dropped.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::{Step, fail};

/// The programs' addresses and files.
pub struct System {
    /// Ended when dropped, the last first.
    pub(crate) children: Vec<Child>,
    pub(crate) data: tempfile::TempDir,
    pub booking: String,
    pub wallet: String,
    /// The frame's page, without its query.
    pub frame: String,
    pub gateway: String,
    /// The origin the card fields live on.
    pub fields: String,
    pub company_id: u64,
    /// The demo's whole line; null for programs that were started without it.
    pub told: Value,
}

/// The first port of the journeys' own programs, away from a demo that may be running.
const PORT_BASE: &str = "24400";

fn text(ready: &Value, pointer: &str) -> Step<String> {
    let value = ready.pointer(pointer).and_then(Value::as_str);
    value
        .map(|url| url.trim_end_matches('/').to_owned())
        .ok_or_else(|| format!("the demo prints no {pointer}").into())
}

impl System {
    /// Starts the programs and waits for the one line that says they answer.
    ///
    /// # Errors
    /// When the command cannot be started, or ends without its line.
    pub fn start(root: &Path) -> Step<Self> {
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
        let ready: Value = serde_json::from_str(&line)
            .map_err(|_| "the demo ended before its programs answered")?;
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
            told: ready,
        })
    }

    /// A text of the demo's line, such as `/quilt/account_key`.
    ///
    /// # Errors
    /// When there is none.
    pub fn told(&self, pointer: &str) -> Step<String> {
        text(&self.told, pointer)
    }

    /// The booking page under another name of this computer: the frame is on another site there.
    #[must_use]
    pub fn booking_as(&self, host: &str) -> String {
        self.booking.replacen("127.0.0.1", host, 1)
    }

    /// Where the programs keep their data and logs.
    #[must_use]
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Everything the programs logged so far.
    ///
    /// # Errors
    /// When a log cannot be read.
    pub fn logs(&self) -> Step<String> {
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
    pub fn database(&self) -> Step<PathBuf> {
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
        fail("the wallet server keeps no database file")
    }
}

impl Drop for System {
    fn drop(&mut self) {
        self.children.iter_mut().rev().for_each(stop);
    }
}

/// Ends a program as Ctrl-C would, and waits for it.
fn stop(child: &mut Child) {
    let _ = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    let asked = Instant::now();
    while asked.elapsed() < Duration::from_secs(10) {
        if matches!(child.try_wait(), Ok(Some(_))) {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let _ = child.kill();
    let _ = child.wait();
}
