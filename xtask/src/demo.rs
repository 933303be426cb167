//! `cargo xtask demo`: builds everything, starts the three programs, prints their addresses, and runs until Ctrl-C or
//! until one of the programs exits.

mod bokamera;
mod connection_details;
mod http_client;
pub mod mikrocloud;
pub mod program;
mod quilt;
mod secrets;
mod ticket_evolution;
mod webhooks;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::arguments::DemoOptions;
use crate::command_error::CommandError;
use crate::context::Context;
use crate::dependency::Activity;
use crate::page;
use crate::ports::PortRole;
use crate::process_group::POLL_INTERVAL;
use crate::progress::{self, ProgressLine};
use crate::{build, companion, setup, template};
use program::Program;
use secrets::Secrets;

/// The variables of the template `demo/wallet-server.toml`.
pub const TEMPLATE_VARIABLES: [&str; 19] = [
    "listen",
    "booking",
    "booking_on_other_site",
    "home",
    "wallet",
    "scripts",
    "fields",
    "hooks",
    "api",
    "data",
    "dist",
    "holds_key",
    "mikrocloud_secret",
    "bokamera_key",
    "quilt_key",
    "ticket_evolution_secret",
    "webhook_mytime",
    "webhook_mikrocloud",
    "webhook_quilt",
];

/// Runs the demo until it is stopped. A stop by a signal is a success.
pub fn run(context: &Context, options: &DemoOptions) -> Result<ExitCode, CommandError> {
    // Checked before the build, which takes minutes.
    options.ports.check_free()?;
    setup::run(context, &[Activity::Build])?;
    build::all(context, options.profile)?;
    let data = data(context, options)?;
    let secrets = Secrets::generate()?;
    let config = data.join("wallet-server.toml");
    let mut programs = Vec::new();
    for (command, roles) in commands(context, options, &data, &secrets, &config) {
        let addresses = roles
            .iter()
            .map(|role| options.ports.address(*role))
            .collect();
        let step = ProgressLine::begin(&format!("starting {}", program::name(&command)), None);
        programs.push(step.end(Program::start(
            context,
            command,
            &data.join("logs"),
            addresses,
        ))?);
        if roles.contains(&PortRole::Api) {
            // The wallet server's configuration needs the webhook secrets of the running sandbox.
            configure(
                context,
                options,
                &config,
                &secrets,
                &webhooks::register(options.ports)?,
            )?;
        }
    }
    if options.json {
        progress::print(connection_details::json(options.ports, &secrets));
    } else {
        progress::print(connection_details::text(options.ports, &data));
    }
    loop {
        if context.stop.is_requested() {
            progress::log("\nstopping the demo");
            // In reverse order, so that no program calls a server that has stopped.
            programs.into_iter().rev().for_each(drop);
            return Ok(ExitCode::SUCCESS);
        }
        programs.iter_mut().try_for_each(Program::check)?;
        std::thread::sleep(POLL_INTERVAL);
    }
}

fn commands(
    context: &Context,
    options: &DemoOptions,
    data: &Path,
    secrets: &Secrets,
    config: &Path,
) -> [(Command, Vec<PortRole>); 3] {
    let folder = options.profile.folder(context);
    let program = |name: &str| {
        let mut command = Command::new(folder.join(name));
        command.current_dir(&context.root);
        command
    };
    let port = |role| options.ports.port(role).to_string();
    let mut sandbox = program("stripe-sandbox");
    sandbox.args(["--port-base", &port(PortRole::Scripts)]);
    let mut wallet = program("wallet-server");
    wallet.arg("--config").arg(config);
    let mut booking = program("booking-site");
    // Secrets are not passed as flags, which every user of this computer can read.
    booking.env("BOOKING_SITE_HOLDS_KEY", &secrets.holds_key);
    booking.env("BOOKING_SITE_MIKROCLOUD_SECRET", &secrets.mikrocloud);
    booking.env("BOOKING_SITE_BOKAMERA_KEY", &secrets.bokamera);
    // The sandbox serves its Checkout pages on the hooks origin.
    let origin = |role| options.ports.origin(role);
    let sources = [
        PortRole::Scripts,
        PortRole::Fields,
        PortRole::Hooks,
        PortRole::Api,
    ]
    .map(origin);
    booking.env(
        "BOOKING_SITE_STRIPE_JS",
        origin(PortRole::Scripts) + "/dahlia/stripe.js",
    );
    booking.env("BOOKING_SITE_STRIPE_SOURCES", sources.join(" "));
    booking.env("BOOKING_SITE_CHECKOUT_PAGES", origin(PortRole::Hooks));
    booking.env("BOOKING_SITE_QUILT_KEY", &secrets.quilt);
    // Both sites may embed the booking site; the wallet server's configuration allows the first only.
    let homes = ["home", "other"]
        .map(|name| format!("http://{name}.localhost:{}", port(PortRole::Booking)));
    booking.env("BOOKING_SITE_HOMES", homes.join(" "));
    booking.env(
        "BOOKING_SITE_TICKET_EVOLUTION_SECRET",
        &secrets.ticket_evolution,
    );
    booking.args([
        "--port",
        &port(PortRole::Booking),
        "--wallet",
        &options.ports.origin(PortRole::Wallet),
        "--terminal",
        &options.ports.origin(PortRole::Scripts),
        "--terminal-api",
        &options.ports.origin(PortRole::Api),
    ]);
    booking
        .arg("--dist")
        .arg(context.root.join(page::BOOKING.dist))
        .arg("--companion")
        .arg(companion::package(context))
        .arg("--data")
        .arg(data);
    [
        (
            sandbox,
            vec![
                PortRole::Scripts,
                PortRole::Fields,
                PortRole::Hooks,
                PortRole::Api,
            ],
        ),
        (wallet, vec![PortRole::Wallet]),
        (booking, vec![PortRole::Booking]),
    ]
}

/// Returns the folder of `--data` unchanged, or the default folder after emptying it.
fn data(context: &Context, options: &DemoOptions) -> Result<PathBuf, CommandError> {
    let own = || {
        context
            .target
            .join(format!("demo-{}", options.ports.port(PortRole::Booking)))
    };
    let folder = options.data.clone().unwrap_or_else(own);
    if options.data.is_none() && folder.exists() {
        std::fs::remove_dir_all(&folder)
            .map_err(|cause| CommandError::io("emptying", &folder, &cause))?;
    }
    std::fs::create_dir_all(&folder)
        .map_err(|cause| CommandError::io("making", &folder, &cause))?;
    std::path::absolute(&folder).map_err(|cause| CommandError::io("finding", &folder, &cause))
}

fn configure(
    context: &Context,
    options: &DemoOptions,
    config: &Path,
    secrets: &Secrets,
    webhooks: &webhooks::SigningSecrets,
) -> Result<(), CommandError> {
    let from = context.root.join("demo/wallet-server.toml");
    let text = std::fs::read_to_string(&from)
        .map_err(|cause| CommandError::io("reading", &from, &cause))?;
    let data = config.parent().unwrap_or(Path::new("."));
    let [mytime, mikrocloud, quilt] = webhooks;
    let named = |host| format!("http://{host}:{}", options.ports.port(PortRole::Booking));
    let values = TEMPLATE_VARIABLES.map(|name| {
        let origin = |role| options.ports.origin(role);
        let value = match name {
            "listen" => options.ports.address(PortRole::Wallet),
            "booking" => origin(PortRole::Booking),
            // The same program under another host name: for that page, the frame is on another site.
            "booking_on_other_site" => named("localhost"),
            "home" => named("home.localhost"),
            "wallet" => origin(PortRole::Wallet),
            "scripts" => origin(PortRole::Scripts),
            "fields" => origin(PortRole::Fields),
            "hooks" => origin(PortRole::Hooks),
            "api" => origin(PortRole::Api),
            "data" => data.display().to_string(),
            "dist" => context.root.join(page::FRAME.dist).display().to_string(),
            "mikrocloud_secret" => secrets.mikrocloud.clone(),
            "bokamera_key" => secrets.bokamera.clone(),
            "quilt_key" => secrets.quilt.clone(),
            "ticket_evolution_secret" => secrets.ticket_evolution.clone(),
            "webhook_mytime" => mytime.clone(),
            "webhook_mikrocloud" => mikrocloud.clone(),
            "webhook_quilt" => quilt.clone(),
            _ => secrets.holds_key.clone(),
        };
        (name, value)
    });
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let rendered = template::render(&text, &values)?;
    std::fs::write(config, rendered).map_err(|cause| CommandError::io("writing", config, &cause))
}
