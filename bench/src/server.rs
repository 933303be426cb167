//! `card-entry-bench server`: measures a wallet server, and beside it in the same run the yardstick. Started by
//! `cargo xtask bench server`, which builds the programs. It must never measure a server that already runs.

pub mod child_process;
pub mod command;
pub mod database;
pub mod environment;
pub mod gateway_browser;
pub mod load;
pub mod memory;
pub mod options;
pub mod owners;
pub mod phase;
pub mod plot;
pub mod postgres;
pub mod process_stats;
pub mod report;
pub mod rounds;
pub mod settings_file;
pub mod subject;
pub mod sums;
pub mod table;
pub mod token;
pub mod yardstick;
