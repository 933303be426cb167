//! The programs once more, as in production: the frame's real script URL and its real policy, because the sandbox
//! answers by Stripe's own host names. On ports of their own, beside those of [`crate::system`].
//!
//! Only the wallet server's calls go to the sandbox's port; browsers come by name, as [`Named::arguments`] tells them.

use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use thirtyfour::WebDriver;

use crate::system::System;
use crate::{Step, ensure, fail};

/// Booking page, wallet server, then the sandbox's five ports.
const PORT_BASE: u16 = 24_420;

/// What the two servers share, and nobody else has a use for.
const HOLDS_KEY: &str = "0123456789abcdef0123456789abcdef0123456789abcdef";

/// The lines of the demo's template that tell the page where the sandbox's ports are. Without them the server has what
/// it has in production.
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

/// The programs, and what a browser must be told.
pub struct Named {
    pub system: System,
    pub arguments: Vec<String>,
}

impl Named {
    /// Starts the built programs; `settings` are lines for the top of the wallet server's configuration.
    ///
    /// # Errors
    /// When one cannot be started, or does not come up.
    pub async fn start(root: &Path, settings: &str) -> Step<Self> {
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
        std::fs::write(&config, as_in_production(&template, settings, &values))?;

        let mut children = Vec::new();
        let mut run = |name: &str, arguments: &[&str], port: u16| -> Step {
            let log = data.path().join("logs").join(format!("{name}.log"));
            children.push(program(root, name, arguments, &log)?);
            listens(name, port)
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

        let told: Value = reqwest::get(format!("{}/sandbox/browser", origin(api)))
            .await?
            .json()
            .await?;
        let arguments = told
            .get("arguments")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let arguments: Vec<String> = arguments
            .iter()
            .filter_map(|a| a.as_str().map(str::to_owned))
            .collect();
        ensure(arguments.len() == 2, || {
            format!("the sandbox tells browsers {told}")
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
            told: Value::Null,
        };
        Ok(Self { system, arguments })
    }

    /// Every request the sandbox still keeps, whoever's.
    ///
    /// # Errors
    /// The wire's.
    pub async fn requests(&self) -> Step<Vec<Value>> {
        let url = format!("{}/sandbox/requests?limit=5000", self.system.gateway);
        let kept: Value = reqwest::get(url).await?.json().await?;
        let list = kept.get("requests").and_then(Value::as_array).cloned();
        Ok(list.unwrap_or_default())
    }

    /// What the page's policy stopped: the server's own lines about it, and the browser's.
    ///
    /// # Errors
    /// When a log cannot be read.
    pub async fn violations(&self, driver_url: &str, browser: &WebDriver) -> Step<Vec<String>> {
        let logs = self.system.logs()?;
        let told = logs
            .lines()
            .filter(|line| line.contains("policy stopped"))
            .map(str::to_owned);
        let seen = crate::wire::complaints(driver_url, browser).await?;
        let seen = seen
            .into_iter()
            .filter(|words| words.contains("Content Security Policy"));
        Ok(told.chain(seen).collect())
    }
}

fn origin(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

fn as_in_production(template: &str, settings: &str, values: &[(&str, String)]) -> String {
    let kept = template
        .lines()
        .filter(|line| !PORT_SETTINGS.iter().any(|name| line.starts_with(name)));
    let mut text = format!("{settings}\n{}\n", kept.collect::<Vec<_>>().join("\n"));
    for (name, value) in values {
        text = text.replace(&format!("{{{{{name}}}}}"), value);
    }
    // What is left are secrets of systems that no journey here meets.
    while let Some((before, rest)) = text.split_once("{{") {
        let after = rest.split_once("}}").map_or("", |(_, after)| after);
        text = format!("{before}{HOLDS_KEY}{after}");
    }
    text
}

/// A program beside this test in the build's folder, with its output in a file.
fn program(root: &Path, name: &str, arguments: &[&str], log: &Path) -> Step<Child> {
    let own = std::env::current_exe()?;
    let Some(folder) = own.parent().and_then(Path::parent) else {
        return fail("the tests have no folder");
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

fn listens(name: &str, port: u16) -> Step {
    let started = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if started.elapsed() > Duration::from_secs(20) {
            return fail(format!("{name} does not listen on {port}"));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}
