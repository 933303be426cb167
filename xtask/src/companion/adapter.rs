//! Which wallets' adapters a package carries, told by words only they have. Called by `companion`, once per build: a
//! page that names one adapter must not pay for the others.

use crate::command_error::CommandError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adapter {
    /// A wallet of one card.
    MyTime,
    MikroCloud,
    /// A payment without a wallet.
    BokaMera,
    /// Cards that come of payments, and a till.
    Quilt,
    /// Cards with labels and addresses.
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

    /// The cargo feature, which is its file's name too.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MyTime => "mytime",
            Self::MikroCloud => "mikrocloud",
            Self::BokaMera => "bokamera",
            Self::Quilt => "quilt",
            Self::TicketEvolution => "ticket_evolution",
        }
    }

    /// A path that this one asks for and no other.
    fn path(self) -> &'static str {
        match self {
            Self::MyTime => "/user/payment_methods/session",
            Self::MikroCloud => "/payment-methods",
            Self::BokaMera => "/checkout/status",
            Self::Quilt => "/terminal/connection_token",
            Self::TicketEvolution => "/braintree_client_token",
        }
    }

    /// Whether a module carries it.
    fn is_in(self, wasm: &[u8]) -> bool {
        let path = self.path().as_bytes();
        wasm.windows(path.len()).any(|part| part == path)
    }

    /// Passes a module that carries this one and no other.
    pub fn check_only_adapter(self, wasm: &[u8]) -> Result<(), CommandError> {
        for adapter in Self::ALL {
            let (is, should) = (adapter.is_in(wasm), adapter == self);
            if is != should {
                let verb = if is { "carries" } else { "does not carry" };
                return Err(CommandError::new(
                    format!(
                        "the package for {} {verb} the adapter for {}",
                        self.as_str(),
                        adapter.as_str()
                    ),
                    "Look at the features in crates/card-entry-companion, and at xtask/src/companion/adapter.rs.",
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

    /// What is written in an adapter's file.
    fn source(name: &str) -> String {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let file = root.join(format!(
            "crates/card-entry-companion/src/wallet_api/{name}.rs"
        ));
        std::fs::read_to_string(file).unwrap()
    }

    #[test]
    fn each_is_known_by_a_path_of_its_own() {
        for adapter in Adapter::ALL {
            for file in Adapter::ALL {
                let source = source(file.as_str());
                let written = source.contains(&format!("\"{}", adapter.path()));
                assert_eq!(written, adapter == file, "{adapter:?} in {file:?}");
            }
        }
    }

    #[test]
    fn every_feature_is_known() {
        let source = source("../wallet_api");
        for line in source.lines().filter(|line| line.starts_with("pub mod ")) {
            let name = line.trim_start_matches("pub mod ").trim_end_matches(';');
            let known = Adapter::ALL.iter().any(|adapter| adapter.as_str() == name);
            assert!(known, "{name}");
        }
    }

    #[test]
    fn a_package_with_one_more_or_one_less_is_refused() {
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
