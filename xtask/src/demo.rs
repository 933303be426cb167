//! `cargo xtask demo`: builds everything, starts the three programs, says where to look, and stays until the person or
//! one of the programs ends it.

mod announce;
mod bokamera;
mod health;
pub mod mikrocloud;
pub mod program;
mod quilt;
mod secrets;
mod ticket_evolution;
mod webhooks;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::arguments::DemoOrder;
use crate::failure::Failure;
use crate::group::GLANCE;
use crate::need::Purpose;
use crate::page;
use crate::ports::Seat;
use crate::progress::{self, Step};
use crate::workshop::Workshop;
use crate::{build, companion, setup, template};
use program::Program;
use secrets::Secrets;

/// What the template of the wallet server's configuration may ask for.
pub const TOKENS: [&str; 19] = [
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

/// Runs the demo to its end. Asked for by a signal, that is a success.
pub fn run(shop: &Workshop, order: &DemoOrder) -> Result<ExitCode, Failure> {
    // Before the minutes of building, not after.
    order.ports.check_free()?;
    setup::run(shop, &[Purpose::Build])?;
    build::all(shop, order.profile)?;
    let data = data(shop, order)?;
    let secrets = Secrets::draw()?;
    let config = data.join("wallet-server.toml");
    let mut programs = Vec::new();
    for (command, seats) in commands(shop, order, &data, &secrets, &config) {
        let addresses = seats
            .iter()
            .map(|seat| order.ports.address(*seat))
            .collect();
        let step = Step::begin(&format!("starting {}", program::name(&command)), None);
        programs.push(step.end(Program::start(shop, command, &data.join("logs"), addresses))?);
        if seats.contains(&Seat::Api) {
            // The sandbox is there, and can say with what it will sign.
            configure(
                shop,
                order,
                &config,
                &secrets,
                &webhooks::register(order.ports)?,
            )?;
        }
    }
    if order.json {
        progress::say(announce::json(order.ports, &secrets));
    } else {
        progress::say(announce::people(order.ports, &data));
    }
    loop {
        if shop.stop.asked() {
            progress::note("\nending the demo");
            // The last started first, so that nobody talks to a server that is gone.
            programs.into_iter().rev().for_each(drop);
            return Ok(ExitCode::SUCCESS);
        }
        programs.iter_mut().try_for_each(Program::check)?;
        std::thread::sleep(GLANCE);
    }
}

fn commands(
    shop: &Workshop,
    order: &DemoOrder,
    data: &Path,
    secrets: &Secrets,
    config: &Path,
) -> [(Command, Vec<Seat>); 3] {
    let folder = order.profile.folder(shop);
    let program = |name: &str| {
        let mut command = Command::new(folder.join(name));
        command.current_dir(&shop.root);
        command
    };
    let port = |seat| order.ports.port(seat).to_string();
    let mut sandbox = program("stripe-sandbox");
    sandbox.args(["--port-base", &port(Seat::Scripts)]);
    let mut wallet = program("wallet-server");
    wallet.arg("--config").arg(config);
    let mut booking = program("booking-site");
    // No flags, which every user of this computer could read.
    booking.env("BOOKING_SITE_HOLDS_KEY", &secrets.holds_key);
    booking.env("BOOKING_SITE_MIKROCLOUD_SECRET", &secrets.mikrocloud);
    booking.env("BOOKING_SITE_BOKAMERA_KEY", &secrets.bokamera);
    // The sandbox's payment pages are its hooks'.
    let origin = |seat| order.ports.origin(seat);
    let sources = [Seat::Scripts, Seat::Fields, Seat::Hooks, Seat::Api].map(origin);
    booking.env(
        "BOOKING_SITE_STRIPE_JS",
        origin(Seat::Scripts) + "/dahlia/stripe.js",
    );
    booking.env("BOOKING_SITE_STRIPE_SOURCES", sources.join(" "));
    booking.env("BOOKING_SITE_CHECKOUT_PAGES", origin(Seat::Hooks));
    booking.env("BOOKING_SITE_QUILT_KEY", &secrets.quilt);
    // Of the two sites that may embed the booking site, the wallet server knows the first.
    let homes =
        ["home", "other"].map(|name| format!("http://{name}.localhost:{}", port(Seat::Booking)));
    booking.env("BOOKING_SITE_HOMES", homes.join(" "));
    booking.env(
        "BOOKING_SITE_TICKET_EVOLUTION_SECRET",
        &secrets.ticket_evolution,
    );
    booking.args([
        "--port",
        &port(Seat::Booking),
        "--wallet",
        &order.ports.origin(Seat::Wallet),
        "--terminal",
        &order.ports.origin(Seat::Scripts),
        "--terminal-api",
        &order.ports.origin(Seat::Api),
    ]);
    booking
        .arg("--dist")
        .arg(shop.root.join(page::BOOKING.dist))
        .arg("--companion")
        .arg(companion::package(shop))
        .arg("--data")
        .arg(data);
    [
        (
            sandbox,
            vec![Seat::Scripts, Seat::Fields, Seat::Hooks, Seat::Api],
        ),
        (wallet, vec![Seat::Wallet]),
        (booking, vec![Seat::Booking]),
    ]
}

/// The person's folder as it is, or one of our own, emptied.
fn data(shop: &Workshop, order: &DemoOrder) -> Result<PathBuf, Failure> {
    let own = || {
        shop.target
            .join(format!("demo-{}", order.ports.port(Seat::Booking)))
    };
    let folder = order.data.clone().unwrap_or_else(own);
    if order.data.is_none() && folder.exists() {
        std::fs::remove_dir_all(&folder)
            .map_err(|cause| Failure::file("emptying", &folder, &cause))?;
    }
    std::fs::create_dir_all(&folder).map_err(|cause| Failure::file("making", &folder, &cause))?;
    std::path::absolute(&folder).map_err(|cause| Failure::file("finding", &folder, &cause))
}

fn configure(
    shop: &Workshop,
    order: &DemoOrder,
    config: &Path,
    secrets: &Secrets,
    webhooks: &webhooks::Secrets,
) -> Result<(), Failure> {
    let from = shop.root.join("demo/wallet-server.toml");
    let text =
        std::fs::read_to_string(&from).map_err(|cause| Failure::file("reading", &from, &cause))?;
    let data = config.parent().unwrap_or(Path::new("."));
    let [mytime, mikrocloud, quilt] = webhooks;
    let named = |host| format!("http://{host}:{}", order.ports.port(Seat::Booking));
    let values = TOKENS.map(|name| {
        let origin = |seat| order.ports.origin(seat);
        let value = match name {
            "listen" => order.ports.address(Seat::Wallet),
            "booking" => origin(Seat::Booking),
            // The same programs by other names, to which the frame is on another site.
            "booking_on_other_site" => named("localhost"),
            "home" => named("home.localhost"),
            "wallet" => origin(Seat::Wallet),
            "scripts" => origin(Seat::Scripts),
            "fields" => origin(Seat::Fields),
            "hooks" => origin(Seat::Hooks),
            "api" => origin(Seat::Api),
            "data" => data.display().to_string(),
            "dist" => shop.root.join(page::FRAME.dist).display().to_string(),
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
    std::fs::write(config, rendered).map_err(|cause| Failure::file("writing", config, &cause))
}
