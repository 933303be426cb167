//! The program with few file descriptors, and its stop while connections are open.

use std::time::Duration;

use tokio::io::AsyncReadExt;

use super::{Command, Program, settings_file_of};
use crate::connections::{LIMIT, LONG_TIMEOUT_MS, closes_within, connect, health};
use crate::support::{World, eventually};

async fn with_descriptors(world: &World, count: u32) -> Program {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -n {count}; exec \"$0\" \"$@\"")]);
    command.arg(env!("CARGO_BIN_EXE_wallet-server"));
    command.args(["--config", &settings_file_of(world).await]);
    // Nothing that is closed at once is closed by a timeout.
    let long = LONG_TIMEOUT_MS.to_string();
    command.args(["--header-timeout-ms", &long, "--idle-timeout-ms", &long]);
    let program = Program::watch(command);
    eventually("it listens", || async {
        program.log().contains("address=")
    })
    .await;
    program
}

#[tokio::test(flavor = "multi_thread")]
async fn with_256_descriptors_300_half_open_connections_silence_nobody() {
    let world = World::open().await;
    let mut program = with_descriptors(&world, 256).await;
    let address = program.address();
    let mut half_open = Vec::new();
    for _ in 0..300 {
        half_open.push(connect(address, 1, b"GET / HTTP/1.1\r\n").await);
        if half_open.len() % 100 == 0 {
            assert_eq!(health(address, 2).await, 200);
        }
    }
    let warning = "too many connections from one address";
    eventually("it warns", async || program.log().contains(warning)).await;
    assert!(program.terminate().success());
    let log = program.log();
    assert_eq!(log.matches(warning).count(), 1, "{log}");
    assert!(!log.contains("cannot be accepted"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_closes_connections_without_a_request_at_once() {
    let world = World::open().await;
    let mut program = with_descriptors(&world, 256).await;
    let address = program.address();
    let mut waiting = Vec::new();
    for sent in [
        &b""[..],
        b"GET /healthz HTTP/1.1\r\n",
        b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\nGET /heal",
    ] {
        let mut stream = connect(address, 1, sent).await;
        if sent.ends_with(b"\r\n\r\n") {
            let mut response = [0; 12];
            stream.read_exact(&mut response).await.unwrap();
            assert_eq!(&response, b"HTTP/1.1 200");
        }
        waiting.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    let stopped = tokio::task::spawn_blocking(move || {
        let status = program.terminate();
        (status, program.log())
    });
    let (status, log) = stopped.await.unwrap();
    assert!(status.success());
    assert!(!log.contains("stopped before all requests"), "{log}");
    for stream in &mut waiting {
        assert!(closes_within(stream, LIMIT).await);
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_lack_of_descriptors_is_logged_once_and_ends_nothing() {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};

    let world = World::open().await;
    let program = with_descriptors(&world, 256).await;
    let address = program.address();
    assert_eq!(health(address, 2).await, 200);
    let id = program.child.id();
    let open_files = std::fs::read_dir(format!("/proc/{id}/fd")).unwrap().count();
    let few = Rlimit {
        current: Some(u64::try_from(open_files).unwrap() + 4),
        maximum: Some(256),
    };
    let id = Pid::from_raw(i32::try_from(id).unwrap());
    prlimit(id, Resource::Nofile, few).unwrap();
    let mut half_open = Vec::new();
    for _ in 0..10 {
        half_open.push(connect(address, 1, b"GET / HTTP/1.1\r\n").await);
    }
    let error = "cannot be accepted";
    eventually("it logs the error", async || program.log().contains(error)).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let log = program.log();
    assert_eq!(log.matches(error).count(), 1, "{log}");
    drop(half_open);
    assert_eq!(health(address, 2).await, 200);
}
