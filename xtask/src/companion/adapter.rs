//! Which wallet adapters a built package contains, found by a request path that only one adapter has. Called by
//! `companion` once per build. A page that uses one adapter must never download the others.

use crate::command_error::CommandError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adapter {
    MyTime,
    MikroCloud,
    BokaMera,
    Quilt,
    TicketEvolution,
}

impl Adapter {
    pub const ALL: [Self; 5] = [
        Self::MyTime,
        Self::MikroCloud,
        Self::BokaMera,
        Self::Quilt,
        Self::TicketEvolution,
    ];

    /// The cargo feature, which is also the name of its file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MyTime => "mytime",
            Self::MikroCloud => "mikrocloud",
            Self::BokaMera => "bokamera",
            Self::Quilt => "quilt",
            Self::TicketEvolution => "ticket_evolution",
        }
    }

    /// A request path that no other adapter uses.
    fn path(self) -> &'static str {
        match self {
            Self::MyTime => "/user/payment_methods/session",
            Self::MikroCloud => "/payment-methods",
            Self::BokaMera => "/checkout/status",
            Self::Quilt => "/terminal/connection_token",
            Self::TicketEvolution => "/braintree_client_token",
        }
    }

    fn is_in(self, wasm: &[u8]) -> bool {
        let path = self.path().as_bytes();
        wasm.windows(path.len()).any(|part| part == path)
    }

    /// Fails unless the module contains this adapter and no other.
    pub fn check_only_adapter(self, wasm: &[u8]) -> Result<(), CommandError> {
        for adapter in Self::ALL {
            let (is, should) = (adapter.is_in(wasm), adapter == self);
            if is != should {
                let verb = if is { "contains" } else { "does not contain" };
                return Err(CommandError::new(
                    format!(
                        "the package for {} {verb} the adapter for {}",
                        self.as_str(),
                        adapter.as_str()
                    ),
                    "Check the features in crates/card-entry-companion and the paths in xtask/src/companion/adapter.rs.",
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn source(name: &str) -> String {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let file = root.join(format!(
            "crates/card-entry-companion/src/wallet_api/{name}.rs"
        ));
        std::fs::read_to_string(file).unwrap()
    }

    #[test]
    fn each_adapter_has_a_path_of_its_own() {
        for adapter in Adapter::ALL {
            for file in Adapter::ALL {
                let source = source(file.as_str());
                let written = source.contains(&format!("\"{}", adapter.path()));
                assert_eq!(written, adapter == file, "{adapter:?} in {file:?}");
            }
        }
    }

    #[test]
    fn every_adapter_is_listed() {
        let source = source("../wallet_api");
        for line in source.lines().filter(|line| line.starts_with("pub mod ")) {
            let name = line.trim_start_matches("pub mod ").trim_end_matches(';');
            let known = Adapter::ALL.iter().any(|adapter| adapter.as_str() == name);
            assert!(known, "{name}");
        }
    }

    #[test]
    fn a_package_with_another_adapter_or_none_is_refused() {
        let own = Adapter::MyTime.path();
        assert_eq!(
            Adapter::MyTime.check_only_adapter(format!("ab{own}?c").as_bytes()),
            Ok(())
        );
        assert!(Adapter::MyTime.check_only_adapter(b"abc").is_err());
        for other in Adapter::ALL.into_iter().skip(1) {
            let both = format!("{own}{}", other.path());
            assert!(
                Adapter::MyTime.check_only_adapter(both.as_bytes()).is_err(),
                "{other:?}"
            );
            assert!(
                other.check_only_adapter(own.as_bytes()).is_err(),
                "{other:?}"
            );
        }
    }
}
