//! Merges the settings of the file under those of flags and environment.
//!
//! Called by [`super::ServerConfig::load`]. It must never check a setting.

use super::Settings;

impl Settings {
    /// Takes each setting that is not set here from `file`.
    #[must_use]
    pub(super) fn or_from(self, file: Self) -> Self {
        Self {
            config: self.config,
            check: self.check,
            listen: self.listen.or(file.listen),
            public_url: self.public_url.or(file.public_url),
            database: self.database.or(file.database),
            dist: self.dist.or(file.dist),
            stripe_js_url: self.stripe_js_url.or(file.stripe_js_url),
            script_sources: self.script_sources.or(file.script_sources),
            frame_sources: self.frame_sources.or(file.frame_sources),
            connect_sources: self.connect_sources.or(file.connect_sources),
            gateway_url: self.gateway_url.or(file.gateway_url),
            braintree_url: self.braintree_url.or(file.braintree_url),
            braintree_js_url: self.braintree_js_url.or(file.braintree_js_url),
            braintree_dist: self.braintree_dist.or(file.braintree_dist),
            braintree_script_sources: self
                .braintree_script_sources
                .or(file.braintree_script_sources),
            braintree_frame_sources: self
                .braintree_frame_sources
                .or(file.braintree_frame_sources),
            braintree_connect_sources: self
                .braintree_connect_sources
                .or(file.braintree_connect_sources),
            gateway_timeout_ms: self.gateway_timeout_ms.or(file.gateway_timeout_ms),
            request_timeout_ms: self.request_timeout_ms.or(file.request_timeout_ms),
            max_connections: self.max_connections.or(file.max_connections),
            max_connections_per_address: self
                .max_connections_per_address
                .or(file.max_connections_per_address),
            header_timeout_ms: self.header_timeout_ms.or(file.header_timeout_ms),
            idle_timeout_ms: self.idle_timeout_ms.or(file.idle_timeout_ms),
            trusted_proxies: self.trusted_proxies.or(file.trusted_proxies),
            session_days: self.session_days.or(file.session_days),
            audit_retention_days: self.audit_retention_days.or(file.audit_retention_days),
            password_min: self.password_min.or(file.password_min),
            intents_per_hour: self.intents_per_hour.or(file.intents_per_hour),
            intents_per_hour_and_address: self
                .intents_per_hour_and_address
                .or(file.intents_per_hour_and_address),
            open_intents_per_address: self
                .open_intents_per_address
                .or(file.open_intents_per_address),
            declines_per_hour_and_address: self
                .declines_per_hour_and_address
                .or(file.declines_per_hour_and_address),
            open_intents_interval_ms: self
                .open_intents_interval_ms
                .or(file.open_intents_interval_ms),
            cards_per_day: self.cards_per_day.or(file.cards_per_day),
            cards_per_wallet: self.cards_per_wallet.or(file.cards_per_wallet),
            sign_ins_per_15_minutes: self
                .sign_ins_per_15_minutes
                .or(file.sign_ins_per_15_minutes),
            deprecated_sign_ins: self.deprecated_sign_ins.or(file.deprecated_sign_ins),
            sign_ups_per_hour: self.sign_ups_per_hour.or(file.sign_ups_per_hour),
            tls_certificate: self.tls_certificate.or(file.tls_certificate),
            tls_key: self.tls_key.or(file.tls_key),
            metrics_listen: self.metrics_listen.or(file.metrics_listen),
            log_format: self.log_format.or(file.log_format),
            breaker: self.breaker.or(file.breaker),
            challenge: self.challenge.or(file.challenge),
            allow_faults: self.allow_faults || file.allow_faults,
            accounts: if self.accounts.is_empty() {
                file.accounts
            } else {
                self.accounts
            },
        }
    }
}
