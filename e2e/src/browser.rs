//! Chromium over WebDriver: one chromedriver process for all journeys, a new browser for each.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::{Capabilities, CapabilitiesHelper, WebDriver};

use crate::{StepResult, fail};

/// A running chromedriver. Dropping it ends the process.
pub struct Driver {
    child: Child,
    pub url: String,
}

impl Driver {
    /// Starts chromedriver on a free port. `CHROMEDRIVER` names another binary.
    ///
    /// # Errors
    /// When it is not installed or does not listen.
    pub fn start() -> StepResult<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
            .local_addr()?
            .port();
        let binary = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let child = Command::new(&binary)
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{binary} cannot be started: {error}"))?;
        let driver = Self {
            child,
            url: format!("http://127.0.0.1:{port}"),
        };
        let started = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if started.elapsed() > Duration::from_secs(60) {
                return fail("chromedriver does not listen");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(driver)
    }

    /// Opens a browser with an empty profile and the arguments `further`.
    ///
    /// # Errors
    /// When it cannot be started.
    pub async fn open(&self, further: &[String]) -> StepResult<WebDriver> {
        let mut arguments = vec![
            "--headless".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-quic".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--window-size=1100,1400".to_owned(),
        ];
        arguments.extend_from_slice(further);
        let mut capabilities = Capabilities::new();
        capabilities.insert_base_capability("browserName".to_owned(), json!("chrome"));
        capabilities.insert_base_capability(
            "goog:chromeOptions".to_owned(),
            json!({"args": arguments, "binary": chromium(), "perfLoggingPrefs": {"enableNetwork": true}}),
        );
        capabilities.insert_base_capability(
            "goog:loggingPrefs".to_owned(),
            json!({"performance": "ALL", "browser": "ALL"}),
        );
        Ok(WebDriver::new(&self.url, capabilities).await?)
    }
}

impl Driver {
    /// Emulates `prefers-color-scheme: dark`.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn prefer_dark(&self, browser: &WebDriver) -> StepResult {
        let features = json!([{"name": "prefers-color-scheme", "value": "dark"}]);
        self.command(
            browser,
            "Emulation.setEmulatedMedia",
            json!({"features": features}),
        )
        .await
    }

    /// Emulates a viewport 320 CSS pixels wide, the narrowest of WCAG 1.4.10.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn narrow(&self, browser: &WebDriver) -> StepResult {
        self.screen(browser, 320, 900, 1).await
    }

    /// Emulates a viewport in CSS pixels. `scale` is the device scale factor, as browser zoom changes it.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn screen(
        &self,
        browser: &WebDriver,
        width: u32,
        height: u32,
        scale: u32,
    ) -> StepResult {
        let screen =
            json!({"width": width, "height": height, "deviceScaleFactor": scale, "mobile": false});
        self.command(browser, "Emulation.setDeviceMetricsOverride", screen)
            .await
    }

    /// Blocks requests to URLs that match a pattern; `*` matches any text.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn block(&self, browser: &WebDriver, addresses: &[&str]) -> StepResult {
        self.command(
            browser,
            "Network.setBlockedURLs",
            json!({"urls": addresses}),
        )
        .await
    }

    async fn command(&self, browser: &WebDriver, name: &str, parameters: Value) -> StepResult {
        let url = format!(
            "{}/session/{}/goog/cdp/execute",
            self.url,
            browser.session_id()
        );
        let body = json!({"cmd": name, "params": parameters});
        reqwest::Client::new()
            .post(url)
            .json(&body)
            .send()
            .await?
            .error_for_status()?;
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn chromium() -> String {
    std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned())
}
