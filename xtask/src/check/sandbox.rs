//! The sandbox that `test --only conformance` tests. It runs for as long as the step, on free ports, so that a demo can
//! run at the same time.

use std::process::Command;

use crate::command_error::CommandError;
use crate::context::Context;
use crate::demo::program::Program;
use crate::host_system::RealSystem;
use crate::ports::{PortRole, Ports};
use crate::process::Process;
use crate::programs::{self, Profile};
use crate::stripe_clients;
use crate::system_command::CHROMIUM;

/// The environment variables of the tests, and the origin in each.
const ORIGIN_VARIABLES: [(&str, PortRole); 4] = [
    ("SANDBOX_SCRIPT", PortRole::Scripts),
    ("SANDBOX_FIELDS", PortRole::Fields),
    ("SANDBOX_HOOKS", PortRole::Hooks),
    ("SANDBOX_API", PortRole::Api),
];

/// A running sandbox. Dropping it stops it.
#[must_use]
#[derive(Debug)]
pub struct SandboxUnderTest {
    ports: Ports,
    program: Program,
}

impl SandboxUnderTest {
    /// Builds it, starts it, and returns when it answers.
    pub fn start(context: &Context) -> Result<Self, CommandError> {
        programs::build(context, Profile::Dev)?;
        let ports = Ports::free()?;
        let mut command = Command::new(Profile::Dev.folder(context).join("stripe-sandbox"));
        command
            .current_dir(&context.root)
            .args(["--port-base", &ports.port(PortRole::Scripts).to_string()])
            // The loader of `@stripe/stripe-js` loads js.stripe.com and cannot be configured.
            .args(["--real-names", "--names-port", "0"]);
        let addresses = ORIGIN_VARIABLES
            .map(|(_, role)| ports.address(role))
            .to_vec();
        let logs = context.target.join("xtask/logs");
        let program = Program::start(context, command, &logs, addresses)?;
        Ok(Self { ports, program })
    }

    /// Sets the folder of the tests, and the environment variables with the addresses.
    pub fn configure(&self, context: &Context, process: Process) -> Process {
        let process = process.dir(&context.root.join(stripe_clients::FOLDER)).env(
            "CARD_ENTRY_CHROMIUM",
            CHROMIUM.find(&RealSystem).unwrap_or_default(),
        );
        ORIGIN_VARIABLES
            .iter()
            .fold(process, |process, (name, role)| {
                process.env(name, self.ports.origin(*role))
            })
    }

    /// Fails if the sandbox has exited, which no test may cause.
    pub fn check(&mut self) -> Result<(), CommandError> {
        self.program.check()
    }
}
