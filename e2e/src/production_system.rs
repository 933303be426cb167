//! The programs with the production defaults: the frame's real script URL and real content security policy. The sandbox serves
//! Stripe's own host names. The ports differ from those of [`crate::system`].
//!
//! The wallet server calls the sandbox by its port; browsers use the host names, with [`ProductionSystem::arguments`].

use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use thirtyfour::WebDriver;

use crate::system::System;
use crate::{StepResult, ensure, fail};

/// Booking page, wallet server, then the sandbox's five ports.
const PORT_BASE: u16 = 24_420;

/// The holds key of both servers.
const HOLDS_KEY: &str = "0123456789abcdef0123456789abcdef0123456789abcdef";

/// The lines of the demo's template with the sandbox's ports. Without them the server uses its production defaults.
const PORT_SETTINGS: [&str; 8] = [
    "stripe_js_url",
    "script_sources",
    "frame_sources",
    "connect_sources",
    "braintree_js_url",
    "braintree_script_sources",
    "braintree_frame_sources",
    "braintree_connect_sources",
];

/// The running programs, and the arguments that a browser needs to reach the sandbox.
pub struct ProductionSystem {
    pub system: System,
    pub arguments: Vec<String>,
}

impl ProductionSystem {
    /// Starts the built programs. `settings` is TOML for the start of the wallet server's configuration.
    ///
    /// # Errors
    /// When a program cannot be started or does not listen.
    pub async fn start(root: &Path, settings: &str) -> StepResult<Self> {
        let data = tempfile::tempdir()?;
        let [booking, wallet, scripts] = [0, 1, 2].map(|offset| PORT_BASE + offset);
        let (fields, api, names) = (scripts + 1, scripts + 3, scripts + 4);
        let config = data.path().join("wallet-server.toml");
        let template = std::fs::read_to_string(root.join("demo/wallet-server.toml"))?;
        let values = [
            ("listen", format!("127.0.0.1:{wallet}")),
            ("wallet", origin(wallet)),
            ("booking", origin(booking)),
            (
                "booking_on_other_site",
                format!("http://localhost:{booking}"),
            ),
            ("home", format!("http://home.localhost:{booking}")),
            ("api", origin(api)),
            ("data", data.path().display().to_string()),
            ("dist", root.join("dist").display().to_string()),
            ("holds_key", HOLDS_KEY.to_owned()),
        ];
        std::fs::write(&config, production_config(&template, settings, &values))?;

        let mut children = Vec::new();
        let mut run = |name: &str, arguments: &[&str], port: u16| -> StepResult {
            let log = data.path().join("logs").join(format!("{name}.log"));
            children.push(spawn(root, name, arguments, &log)?);
            wait_for_port(name, port)
        };
        std::fs::create_dir_all(data.path().join("logs"))?;
        let port = scripts.to_string();
        run(
            "stripe-sandbox",
            &["--port-base", &port, "--real-names"],
            names,
        )?;
        run(
            "wallet-server",
            &["--config", &config.display().to_string()],
            wallet,
        )?;
        let [dist, companion] = ["demo/dist", "crates/card-entry-companion/pkg"]
            .map(|folder| root.join(folder).display().to_string());
        let folder = data.path().display().to_string();
        let (port, at) = (booking.to_string(), origin(wallet));
        let arguments = [
            "--port",
            &port,
            "--wallet",
            &at,
            "--dist",
            &dist,
            "--companion",
            &companion,
            "--data",
            &folder,
        ];
        run("booking-site", &arguments, booking)?;

        let browser_settings: Value = reqwest::get(format!("{}/sandbox/browser", origin(api)))
            .await?
            .json()
            .await?;
        let arguments = browser_settings
            .get("arguments")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let arguments: Vec<String> = arguments
            .iter()
            .filter_map(|a| a.as_str().map(str::to_owned))
            .collect();
        ensure(arguments.len() == 2, || {
            format!("unexpected browser arguments from the sandbox: {browser_settings}")
        })?;
        let system = System {
            children,
            data,
            booking: origin(booking),
            wallet: origin(wallet),
            frame: format!("{}/stripe_hosted_forms/card_entry", origin(wallet)),
            gateway: origin(api),
            fields: origin(fields),
            company_id: 40_426,
            demo_line: Value::Null,
        };
        Ok(Self { system, arguments })
    }

    /// All requests in the sandbox's journal, of every account.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn requests(&self) -> StepResult<Vec<Value>> {
        let url = format!("{}/sandbox/requests?limit=5000", self.system.gateway);
        let journal: Value = reqwest::get(url).await?.json().await?;
        let list = journal.get("requests").and_then(Value::as_array).cloned();
        Ok(list.unwrap_or_default())
    }

    /// The violations of the page's policy: the wallet server's log lines and the browser's console messages.
    ///
    /// # Errors
    /// When a log cannot be read.
    pub async fn violations(
        &self,
        driver_url: &str,
        browser: &WebDriver,
    ) -> StepResult<Vec<String>> {
        let logs = self.system.logs()?;
        let reported = logs
            .lines()
            .filter(|line| line.contains("CSP violation reported"))
            .map(str::to_owned);
        let console = crate::network_log::console_messages(driver_url, browser).await?;
        let console = console
            .into_iter()
            .filter(|message| message.contains("Content Security Policy"));
        Ok(reported.chain(console).collect())
    }
}

fn origin(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

fn production_config(template: &str, settings: &str, values: &[(&str, String)]) -> String {
    let lines = template
        .lines()
        .filter(|line| !PORT_SETTINGS.iter().any(|name| line.starts_with(name)));
    let mut text = format!("{settings}\n{}\n", lines.collect::<Vec<_>>().join("\n"));
    for (name, value) in values {
        text = text.replace(&format!("{{{{{name}}}}}"), value);
    }
    // The other placeholders are secrets of systems that these tests do not use.
    while let Some((before, rest)) = text.split_once("{{") {
        let after = rest.split_once("}}").map_or("", |(_, after)| after);
        text = format!("{before}{HOLDS_KEY}{after}");
    }
    text
}

/// Starts a program of the same build folder as this test, with its output in a file.
fn spawn(root: &Path, name: &str, arguments: &[&str], log: &Path) -> StepResult<Child> {
    let own = std::env::current_exe()?;
    let Some(folder) = own.parent().and_then(Path::parent) else {
        return fail("the test binary has no folder");
    };
    let file = std::fs::File::create(log)?;
    Command::new(folder.join(name))
        .args(arguments)
        .current_dir(root)
        .env("BOOKING_SITE_HOLDS_KEY", HOLDS_KEY)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()
        .map_err(|error| format!("{name} cannot be started: {error}").into())
}

fn wait_for_port(name: &str, port: u16) -> StepResult {
    let started = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if started.elapsed() > Duration::from_secs(60) {
            return fail(format!("{name} does not listen on {port}"));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}
