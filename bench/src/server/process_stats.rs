//! What Linux says of a running process: its memory and its processor time. Read before and after each load. It must never
//! report 0 for what cannot be read.

use std::path::PathBuf;

use serde::Serialize;

use crate::error::BenchError;

/// The memory of a process in kibibytes, as `/proc/PID/status` has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ProcessMemory {
    /// `VmHWM`: the most that was in memory at a time.
    pub peak_kib: u64,
    /// `VmRSS`: what is in memory now.
    pub resident_kib: u64,
}

impl ProcessMemory {
    /// Reads the memory of a running process.
    ///
    /// # Errors
    /// The process has ended, or the system has no `/proc`.
    pub fn read(process: u32) -> Result<Self, BenchError> {
        Self::parse(&read(process, "status")?)
    }

    fn parse(status: &str) -> Result<Self, BenchError> {
        let kib = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let number = line.and_then(|rest| rest.trim().strip_suffix("kB"));
            number
                .and_then(|number| number.trim().parse().ok())
                .ok_or_else(|| BenchError::Failed(format!("/proc has no line {name} in kB")))
        };
        Ok(Self {
            peak_kib: kib("VmHWM:")?,
            resident_kib: kib("VmRSS:")?,
        })
    }
}

/// The processor time of a process and its threads, in user mode and in the kernel, in seconds.
///
/// # Errors
/// The process has ended, or the system has no `/proc`.
pub fn cpu_seconds(process: u32) -> Result<f64, BenchError> {
    let ticks = parse_cpu_ticks(&read(process, "stat")?)?;
    #[allow(clippy::cast_precision_loss)] // far below 2^53
    let seconds = ticks as f64 / rustix::param::clock_ticks_per_second() as f64;
    Ok(seconds)
}

/// `utime` and `stime`, fields 14 and 15 of proc_pid_stat(5). The name in parentheses may have spaces and parentheses.
fn parse_cpu_ticks(stat: &str) -> Result<u64, BenchError> {
    let after_name = stat.rsplit_once(')').map(|(_, rest)| rest);
    let mut fields = after_name.unwrap_or_default().split_whitespace().skip(11);
    let mut ticks = || fields.next().and_then(|field| field.parse::<u64>().ok());
    match (ticks(), ticks()) {
        (Some(user), Some(system)) => Ok(user + system),
        _ => Err(BenchError::Failed(
            "/proc/PID/stat cannot be read".to_owned(),
        )),
    }
}

fn read(process: u32, file: &str) -> Result<String, BenchError> {
    let path = PathBuf::from(format!("/proc/{process}/{file}"));
    std::fs::read_to_string(&path)
        .map_err(|cause| BenchError::failed(format!("reading {}", path.display()), cause))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn memory_is_read_in_kibibytes() {
        let status = "Name:\ta\nVmPeak:\t  9000 kB\nVmHWM:\t    2048 kB\nVmRSS:\t    1024 kB\n";
        let memory = ProcessMemory::parse(status).unwrap();
        assert_eq!((memory.peak_kib, memory.resident_kib), (2048, 1024));
        assert!(ProcessMemory::parse("Name:\tkthreadd\n").is_err());
    }

    #[test]
    fn processor_time_is_read_behind_the_name() {
        let stat = "12 (a) b) S 1 12 12 0 -1 4194560 100 0 0 0 70 30 0 0 20 0 4 0 5 6 7";
        assert_eq!(parse_cpu_ticks(stat).unwrap(), 100);
        assert!(parse_cpu_ticks("12 (a) S 1").is_err());
        assert!(parse_cpu_ticks("").is_err());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn this_process_has_memory_and_time() {
        let memory = ProcessMemory::read(std::process::id()).unwrap();
        assert!(memory.peak_kib >= memory.resident_kib && memory.resident_kib > 0);
        assert!(cpu_seconds(std::process::id()).unwrap() >= 0.0);
    }
}
