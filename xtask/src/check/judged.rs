//! The sandbox that `test --only conformance` judges: on ports of its own, beside whatever else runs, for as long as
//! the step takes.

use std::process::Command;

use crate::clients;
use crate::demo::program::Program;
use crate::failure::Failure;
use crate::job::Job;
use crate::machine::Host;
use crate::need::CHROMIUM;
use crate::ports::{Ports, Seat};
use crate::programs::{self, Profile};
use crate::workshop::Workshop;

/// What the tests are told, and whose origin it is.
const TOLD: [(&str, Seat); 4] = [
    ("SANDBOX_SCRIPT", Seat::Scripts),
    ("SANDBOX_FIELDS", Seat::Fields),
    ("SANDBOX_HOOKS", Seat::Hooks),
    ("SANDBOX_API", Seat::Api),
];

/// A running sandbox. Dropping it ends it.
#[must_use]
#[derive(Debug)]
pub struct Judged {
    ports: Ports,
    program: Program,
}

impl Judged {
    /// Builds it, starts it, and returns once it answers.
    pub fn start(shop: &Workshop) -> Result<Self, Failure> {
        programs::build(shop, Profile::Dev)?;
        let ports = Ports::free()?;
        let mut command = Command::new(Profile::Dev.folder(shop).join("stripe-sandbox"));
        command
            .current_dir(&shop.root)
            .args(["--port-base", &ports.port(Seat::Scripts).to_string()])
            // The loader of `@stripe/stripe-js` knows one address only, and is not to be told another.
            .args(["--real-names", "--names-port", "0"]);
        let addresses = TOLD.map(|(_, seat)| ports.address(seat)).to_vec();
        let logs = shop.target.join("xtask/logs");
        let program = Program::start(shop, command, &logs, addresses)?;
        Ok(Self { ports, program })
    }

    /// `job`, in the tests' folder and told where everything is.
    pub fn tell(&self, shop: &Workshop, job: Job) -> Job {
        let job = job.dir(&shop.root.join(clients::FOLDER)).variable(
            "CARD_ENTRY_CHROMIUM",
            CHROMIUM.find(&Host).unwrap_or_default(),
        );
        TOLD.iter().fold(job, |job, (name, seat)| {
            job.variable(name, self.ports.origin(*seat))
        })
    }

    /// A failure if it ended by itself, which no test may bring about.
    pub fn check(&mut self) -> Result<(), Failure> {
        self.program.check()
    }
}
