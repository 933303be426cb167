//! The sandbox that `test --only conformance` judges: on ports of its own, beside whatever else runs, for as long as
//! the step takes.

use std::process::Command;

use crate::command_error::CommandError;
use crate::context::Context;
use crate::demo::program::Program;
use crate::dependency::CHROMIUM;
use crate::host_system::RealSystem;
use crate::ports::{PortRole, Ports};
use crate::process::Process;
use crate::programs::{self, Profile};
use crate::stripe_clients;

/// What the tests are told, and whose origin it is.
const ORIGIN_VARIABLES: [(&str, PortRole); 4] = [
    ("SANDBOX_SCRIPT", PortRole::Scripts),
    ("SANDBOX_FIELDS", PortRole::Fields),
    ("SANDBOX_HOOKS", PortRole::Hooks),
    ("SANDBOX_API", PortRole::Api),
];

/// A running sandbox. Dropping it ends it.
#[must_use]
#[derive(Debug)]
pub struct SandboxUnderTest {
    ports: Ports,
    program: Program,
}

impl SandboxUnderTest {
    /// Builds it, starts it, and returns once it answers.
    pub fn start(context: &Context) -> Result<Self, CommandError> {
        programs::build(context, Profile::Dev)?;
        let ports = Ports::free()?;
        let mut command = Command::new(Profile::Dev.folder(context).join("stripe-sandbox"));
        command
            .current_dir(&context.root)
            .args(["--port-base", &ports.port(PortRole::Scripts).to_string()])
            // The loader of `@stripe/stripe-js` knows one address only, and is not to be told another.
            .args(["--real-names", "--names-port", "0"]);
        let addresses = ORIGIN_VARIABLES
            .map(|(_, role)| ports.address(role))
            .to_vec();
        let logs = context.target.join("xtask/logs");
        let program = Program::start(context, command, &logs, addresses)?;
        Ok(Self { ports, program })
    }

    /// `job`, in the tests' folder and told where everything is.
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

    /// A failure if it ended by itself, which no test may bring about.
    pub fn check(&mut self) -> Result<(), CommandError> {
        self.program.check()
    }
}
