//! Client connections: their bounds, in all and per address, and their timeouts, on real sockets.

use std::io::Write;
use std::net::{IpAddr, SocketAddr};
use std::ops::Range;
use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{sleep, timeout};

use crate::support::{World, eventually};

const HALF_A_HEAD: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: ";
const REQUEST: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
/// The request that the tests delay.
const COMPANY_REQUEST: &[u8] = b"GET /api/mkp/v1/companies/40426 HTTP/1.1\r\nhost: x\r\n\r\n";
/// A request whose body is not complete.
const HALF_A_BODY: &[u8] =
    b"POST /api/mkp/v1/users HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{";

/// The time for what the server does at once. Computers may be slow, so it is long.
pub const LIMIT: Duration = Duration::from_secs(20);
/// A timeout of the server that does not end within [`LIMIT`].
pub const LONG_TIMEOUT_MS: u64 = 100_000;

/// Linux has all of 127.0.0.0/8 on its loopback interface.
fn address_of_client(number: u8) -> IpAddr {
    IpAddr::from([127, 0, 0, number])
}

/// Connects from an address, and sends this much of a request.
pub async fn connect(to: SocketAddr, client: u8, sent: &[u8]) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((address_of_client(client), 0).into()).unwrap();
    let mut stream = socket.connect(to).await.unwrap();
    // The server may have closed the connection already.
    let _ = stream.write_all(sent).await;
    stream
}

/// The status of `GET /healthz` on a new connection from an address.
pub async fn health(to: SocketAddr, client: u8) -> u16 {
    let http = Client::builder().no_proxy();
    let http = http
        .local_address(address_of_client(client))
        .build()
        .unwrap();
    let answer = http.get(format!("http://{to}/healthz")).send();
    let answer = timeout(LIMIT, answer).await.expect("an answer in time");
    answer.unwrap().status().as_u16()
}

/// Whether the server closes the connection within this time. Everything that arrives before is read.
pub async fn closes_within(stream: &mut TcpStream, limit: Duration) -> bool {
    let mut rest = Vec::new();
    // An error is a reset, which also ends the connection.
    timeout(limit, stream.read_to_end(&mut rest)).await.is_ok()
}

/// Whether the server has left a connection open on which it sends nothing.
fn is_open(stream: &TcpStream) -> bool {
    let read = stream.try_read(&mut [0; 64]);
    read.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
}

/// Waits until the server has closed those of these connections, and asserts that it leaves the others open.
async fn closes_only(streams: &[TcpStream], closed: Range<usize>) {
    eventually("it closes connections", async || {
        streams[closed.clone()].iter().all(|one| !is_open(one))
    })
    .await;
    // A server that closes too many does so at the same time.
    sleep(Duration::from_millis(200)).await;
    let open: Vec<_> = (0..streams.len())
        .filter(|at| is_open(&streams[*at]))
        .collect();
    let expected: Vec<_> = (0..streams.len())
        .filter(|at| !closed.contains(at))
        .collect();
    assert_eq!(open, expected);
}

/// Reads the head of a response.
async fn response(stream: &mut TcpStream) -> String {
    let mut read = vec![0; 4096];
    let length = timeout(LIMIT, stream.read(&mut read)).await;
    let length = length.expect("a response in time").unwrap();
    String::from_utf8_lossy(&read[..length]).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn half_open_connections_of_one_address_lose_to_new_ones() {
    let world = World::with(|settings| {
        settings.max_connections = Some(40);
        settings.max_connections_per_address = Some(10);
        settings.header_timeout_ms = Some(LONG_TIMEOUT_MS);
    })
    .await;
    let mut half_open = Vec::new();
    for _ in 0..60 {
        half_open.push(connect(world.address, 1, HALF_A_HEAD).await);
    }
    assert_eq!(health(world.address, 2).await, 200);
    closes_only(&half_open, 0..50).await;
    let status = health(world.address, 1).await;
    assert_eq!(status, 200, "a client of the same address is served");
    closes_only(&half_open, 0..51).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trusted_proxy_has_no_bound_of_its_own() {
    let world = World::with(|settings| {
        settings.max_connections_per_address = Some(5);
        settings.trusted_proxies = Some(vec!["127.0.0.3".parse().unwrap()]);
        settings.header_timeout_ms = Some(LONG_TIMEOUT_MS);
    })
    .await;
    let mut proxied = Vec::new();
    for _ in 0..20 {
        proxied.push(connect(world.address, 3, HALF_A_HEAD).await);
    }
    assert_eq!(health(world.address, 3).await, 200);
    closes_only(&proxied, 0..0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_all_connections_are_in_use_new_clients_are_served_all_the_same() {
    let world = World::with(|settings| {
        settings.max_connections = Some(8);
        settings.max_connections_per_address = Some(4);
        settings.header_timeout_ms = Some(LONG_TIMEOUT_MS);
    })
    .await;
    let mut half_open = Vec::new();
    for number in 0..8 {
        half_open.push(connect(world.address, 10 + number, HALF_A_HEAD).await);
    }
    closes_only(&half_open, 0..0).await;
    for number in 8..24 {
        half_open.push(connect(world.address, 10 + number, HALF_A_HEAD).await);
    }
    closes_only(&half_open, 0..16).await;
    assert_eq!(health(world.address, 2).await, 200);
    closes_only(&half_open, 0..17).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn new_clients_wait_while_all_connections_have_a_request_in_progress() {
    let world = World::with(|settings| {
        settings.max_connections = Some(8);
        settings.max_connections_per_address = Some(4);
        settings.header_timeout_ms = Some(LONG_TIMEOUT_MS);
        settings.request_timeout_ms = Some(LONG_TIMEOUT_MS);
    })
    .await;
    let mut busy = Vec::new();
    for number in 0..8 {
        busy.push(connect(world.address, 50 + number, HALF_A_BODY).await);
    }
    let mut waiting = tokio::spawn(health(world.address, 2));
    let answer = timeout(Duration::from_millis(500), &mut waiting).await;
    assert!(answer.is_err(), "there is no connection for it: {answer:?}");
    for (at, stream) in busy.iter_mut().enumerate() {
        stream.write_all(b"}").await.unwrap();
        let response = response(stream).await;
        assert!(response.starts_with("HTTP/1.1 4"), "{at}: {response}");
    }
    assert_eq!(waiting.await.unwrap(), 200);
}

/// The server has one thread here, which accepts all connections before it serves one.
#[tokio::test]
async fn a_request_that_has_arrived_is_served_also_when_its_connection_is_to_be_closed() {
    let world = World::with(|settings| {
        settings.max_connections = Some(1);
        settings.max_connections_per_address = Some(1);
        settings.header_timeout_ms = Some(LONG_TIMEOUT_MS);
    })
    .await;
    let mut streams = Vec::new();
    for _ in 0..5 {
        let mut stream = std::net::TcpStream::connect(world.address).unwrap();
        stream.write_all(REQUEST).unwrap();
        stream.set_nonblocking(true).unwrap();
        streams.push(stream);
    }
    for (at, stream) in streams.into_iter().enumerate() {
        let response = response(&mut TcpStream::from_std(stream).unwrap()).await;
        assert!(response.starts_with("HTTP/1.1 200"), "{at}: {response}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_is_sent_byte_by_byte_is_cut() {
    const HEADER_TIMEOUT: Duration = Duration::from_secs(1);
    let world = World::with(|settings| {
        settings.header_timeout_ms = Some(1_000);
        settings.idle_timeout_ms = Some(LONG_TIMEOUT_MS);
    })
    .await;
    // The second request on a connection is timed from its first byte.
    for first in [&b""[..], REQUEST] {
        let mut started = Instant::now();
        let mut stream = connect(world.address, 1, first).await;
        if !first.is_empty() {
            assert!(response(&mut stream).await.starts_with("HTTP/1.1 200"));
            started = Instant::now();
        }
        for byte in HALF_A_HEAD.iter().cycle() {
            if stream.write_all(&[*byte]).await.is_err()
                || closes_within(&mut stream, Duration::from_millis(50)).await
            {
                break;
            }
            assert!(started.elapsed() < LIMIT, "each byte lengthens the time");
        }
        let took = started.elapsed();
        assert!(took >= HEADER_TIMEOUT, "{took:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_connection_is_closed_and_a_long_request_is_not() {
    const IDLE_TIMEOUT: Duration = Duration::from_secs(3);
    let world = World::with(|settings| {
        settings.header_timeout_ms = Some(500);
        settings.idle_timeout_ms = Some(3_000);
        settings.allow_faults = true;
    })
    .await;
    let fault = json!({"route": "GET /companies/{id}", "count": 1, "delay_ms": 3_500});
    let fault = world.http.post(world.url("/__faults")).json(&fault);
    assert!(fault.send().await.unwrap().status().is_success());
    let mut stream = connect(world.address, 1, COMPANY_REQUEST).await;
    assert!(response(&mut stream).await.starts_with("HTTP/1.1 200"));
    // Longer than a head may take, shorter than a connection may be idle.
    sleep(Duration::from_millis(800)).await;
    let asked = Instant::now();
    stream.write_all(REQUEST).await.unwrap();
    assert!(response(&mut stream).await.starts_with("HTTP/1.1 200"));
    assert!(closes_within(&mut stream, LIMIT).await);
    let idle = asked.elapsed();
    assert!(idle >= IDLE_TIMEOUT, "{idle:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_download_is_finished_and_a_stalled_one_is_cut() {
    const MEBIBYTE: usize = 1024 * 1024;
    const LENGTH: usize = 16 * MEBIBYTE;
    const DOWNLOAD: &[u8] =
        b"GET /stripe_hosted_forms/card_entry/large.wasm HTTP/1.1\r\nhost: x\r\n\r\n";
    let world = World::with(|settings| {
        settings.header_timeout_ms = Some(500);
        settings.idle_timeout_ms = Some(3_000);
        let dist = settings.dist.clone().unwrap();
        std::fs::write(dist.join("large.wasm"), vec![0; LENGTH]).unwrap();
    })
    .await;
    // The pauses in milliseconds: before the rest is read, none or longer than the timeout; and after each mebibyte,
    // which is longer than the timeout in all.
    for (stall, pause, is_finished) in [(0, 250, true), (7_000, 0, false)] {
        let mut stream = connect(world.address, 1, DOWNLOAD).await;
        let mut piece = vec![0; MEBIBYTE];
        let mut received = stream.read(&mut piece).await.unwrap();
        sleep(Duration::from_millis(stall)).await;
        // The server closes the connection after the last byte, when it has been idle. A reset is a close, too.
        while let Ok(read @ 1..) = stream.read(&mut piece).await {
            if received / MEBIBYTE < (received + read) / MEBIBYTE {
                sleep(Duration::from_millis(pause)).await;
            }
            received += read;
        }
        assert_eq!(received > LENGTH, is_finished, "{received}");
    }
}
