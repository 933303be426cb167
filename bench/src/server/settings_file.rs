//! The settings file of the wallet server under measurement. It must never lower a protection that a real server has
//! without being named in docs/benchmarks.md.

use std::fmt::Write;

use super::owners::ACCOUNTS;
use super::token;

/// The addresses in the file.
#[derive(Debug, Clone, Copy)]
pub struct SettingsValues<'a> {
    /// Host and port, such as `127.0.0.1:4401`.
    pub listen: &'a str,
    /// The origin of the sandbox's API.
    pub gateway: &'a str,
}

/// The file, as TOML. `database` and `metrics_listen` are not in it: they are set by the environment, so that an older
/// server that does not know the second one starts. The accounts have webhook secrets, as in production: without them the
/// server reads open intents by itself, and the calls of a request could not be counted.
#[must_use]
pub fn toml(values: SettingsValues<'_>) -> String {
    let SettingsValues { listen, gateway } = values;
    let mut text = format!(
        "\
listen = \"{listen}\"
public_url = \"http://{listen}\"
dist = \"no-frame\"
gateway_url = \"{gateway}\"
# The load sends the address of each owner, as a proxy does.
trusted_proxies = [\"127.0.0.1\"]
max_connections = 4096
# The limits are raised. Each owner has an address of their own and saves one card, so that none of them is near its limit.
intents_per_hour = 1000
intents_per_hour_and_address = 1000
cards_per_day = 1000
sign_ups_per_hour = 1000
"
    );
    for account in 1..=ACCOUNTS {
        let _ = write!(
            text,
            "
[[accounts]]
id = {account}
system = \"mikrocloud\"
name = \"Bench {account}\"
currency = \"usd\"
country = \"US\"
publishable_key = \"pk_test_bench{account}\"
secret_key = \"sk_test_bench{account}\"
parents = [\"https://panel-{account}.bench.example\"]
webhook_secrets = [\"whsec_{secret}\"]
[accounts.mikrocloud]
issuer = \"{issuer}\"
[[accounts.mikrocloud.keys]]
id = \"{key}\"
algorithm = \"HS256\"
secret = \"{secret}\"
",
            issuer = token::issuer(account),
            key = token::KEY_ID,
            secret = token::secret_base64(account),
        );
    }
    text
}
