//! SIGHUP: the running server reads its settings file again.
//!
//! Spawned by `main`. Whatever the file holds, the server goes on.

use crate::config::{ConfigChanges, ConfigReloader};

/// Reloads on each SIGHUP, until the process ends. Without a settings file a signal is only logged.
#[cfg(unix)]
pub fn on_hangup(reloader: Option<ConfigReloader>) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    // Without a handler the signal would end the process.
    let mut hangup = signal(SignalKind::hangup())?;
    tokio::spawn(async move {
        let mut reloader = reloader;
        while hangup.recv().await.is_some() {
            // Reading a file blocks for a short time only.
            reload(reloader.as_mut());
        }
    });
    Ok(())
}

/// Reloads once, and logs the outcome.
pub fn reload(reloader: Option<&mut ConfigReloader>) {
    let Some(reloader) = reloader else {
        tracing::warn!("there is no settings file to reload; name one by --config");
        return;
    };
    match reloader.reload() {
        Ok(changes) => log_changes(&changes),
        Err(error) => {
            tracing::error!("settings not reloaded, the old ones stay: {error}");
        }
    }
}

fn log_changes(changes: &ConfigChanges) {
    for warning in &changes.warnings {
        tracing::warn!("{warning}");
    }
    if !changes.need_restart.is_empty() {
        let names = changes.need_restart.join(", ");
        tracing::warn!("these settings changed and need a restart: {names}");
    }
    tracing::info!(accounts = ?changes.accounts, "settings reloaded: these accounts changed");
}
