//! The form: whether its builds are there, and whether its origin is another one than the pages'.
//!
//! Called once. It reads the folders of the builds only.

use crate::config::{Provider, ServerConfig};
use crate::dist::Dist;

use super::report::DoctorReport;

pub(super) fn check(config: &ServerConfig, report: &mut DoctorReport) {
    let uses = |at_stripe: bool| {
        let mut accounts = config.accounts.iter();
        accounts.any(|account| (account.provider == Provider::Stripe) == at_stripe)
    };
    for (is_used, name, folder) in [
        (uses(true), "form", &config.dist),
        (uses(false), "form for Braintree", &config.braintree_dist),
    ] {
        if !is_used {
            continue;
        }
        let shown = folder.display();
        if Dist::open(folder.clone()).is_built() {
            report.ok(name, format!("built, in {shown}"));
        } else {
            let advice = "set dist to the folder of the build, or build it (cargo xtask build)";
            report.problem(
                name,
                format!("no build in {shown}, so that no form is shown"),
                advice,
            );
        }
    }
    let Some(own) = &config.public_url else {
        return;
    };
    // The same origin stops the start, and the same host is a warning of the settings.
    if config.parents_on_own_host().is_empty() {
        let detail = format!("{own} has another host than the pages around it");
        report.ok("form origin", detail);
    } else {
        let advice = "give the server a host name of its own";
        let detail = format!(
            "{own} has the host of a page around it, so that browsers isolate the form less"
        );
        report.warning("form origin", detail, advice);
    }
}
