//! The table of waiting times, as text. Printed by `card-entry-bench queue`. It must never print a waiting time of a queue
//! that only grows without saying so.

use std::fmt::Write;

use super::{KeyUse, QueueRow};
use crate::error::BenchError;
use crate::latencies::Latencies;

const HEADER: &str = concat!(
    "                                              busiest            wait of all saves, ms          wait of the busiest, ms\n",
    "mode  accounts  at the gateway      saves/s   saves/s   used      p50      p95      p99      p50      p95      p99      max",
);

/// The rows as text, with a line of explanation below.
///
/// # Errors
/// A row has no saves.
pub fn text(rows: &[QueueRow]) -> Result<String, BenchError> {
    let mut text = String::from(HEADER);
    for row in rows {
        let keys = match row.keys {
            KeyUse::OwnAccounts => "one account each",
            KeyUse::OneAccount => "one account in all",
        };
        let percent = row.utilization * 100.0;
        let _ = write!(
            text,
            "\n{:<5} {:>8}  {keys:<18} {:>8.2} {:>9.3} {percent:>4.0} %",
            row.limits.mode, row.accounts, row.saves_per_second, row.busiest_saves_per_second,
        );
        for percent in [50.0, 95.0, 99.0] {
            write_wait(&mut text, &row.waits.all, percent)?;
        }
        for percent in [50.0, 95.0, 99.0, 100.0] {
            // In an hour without a save of the busiest account, nothing waited.
            if row.waits.busiest.count() == 0 {
                let _ = write!(text, " {:>8}", "none");
            } else {
                write_wait(&mut text, &row.waits.busiest, percent)?;
            }
        }
        if row.utilization >= 1.0 {
            text.push_str("  grows without end");
        }
    }
    text.push_str(
        "\n\nA wait is the sum over the calls of the two requests that save a card. `used` is the share of the busiest account's tighter \
         limit.\nFrom 100 % on the queue grows as long as the load lasts: the times are those of one hour.\n",
    );
    Ok(text)
}

fn write_wait(text: &mut String, waits: &Latencies, percent: f64) -> Result<(), BenchError> {
    let wait = waits.percentile_ms(percent)?;
    let _ = write!(text, " {wait:>8.0}");
    Ok(())
}
