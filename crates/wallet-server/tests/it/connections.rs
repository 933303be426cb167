//! Client connections: their bounds, in all and per address, and their timeouts, on real sockets.

use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{sleep, timeout};

use crate::support::World;

const HALF_A_HEAD: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: ";
const REQUEST: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
/// The request that the tests delay.
const COMPANY_REQUEST: &[u8] = b"GET /api/mkp/v1/companies/40426 HTTP/1.1\r\nhost: x\r\n\r\n";

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

/// The status of `GET /healthz` on a new connection from an address, and how long it took.
pub async fn health(to: SocketAddr, client: u8) -> (u16, Duration) {
    let started = Instant::now();
    let http = Client::builder().no_proxy();
    let http = http
        .local_address(address_of_client(client))
        .build()
        .unwrap();
    let answer = http.get(format!("http://{to}/healthz")).send();
    let answer = timeout(Duration::from_secs(5), answer).await.unwrap();
    (answer.unwrap().status().as_u16(), started.elapsed())
}

/// Whether the server closes the connection within this time. Everything that arrives before is read.
pub async fn closes_within(stream: &mut TcpStream, limit: Duration) -> bool {
    let mut rest = Vec::new();
    // An error is a reset, which also ends the connection.
    timeout(limit, stream.read_to_end(&mut rest)).await.is_ok()
}

async fn open_count(streams: &mut [TcpStream]) -> usize {
    let mut open = 0;
    for stream in streams {
        open += usize::from(!closes_within(stream, Duration::from_millis(1)).await);
    }
    open
}

/// Reads until the end of a response's head arrived.
async fn response(stream: &mut TcpStream) -> String {
    let mut read = vec![0; 4096];
    let length = stream.read(&mut read).await.unwrap();
    String::from_utf8_lossy(&read[..length]).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn half_open_connections_of_one_address_lose_to_new_ones() {
    let world = World::with(|settings| {
        settings.max_connections = Some(40);
        settings.max_connections_per_address = Some(10);
    })
    .await;
    let mut half_open = Vec::new();
    for _ in 0..60 {
        half_open.push(connect(world.address, 1, HALF_A_HEAD).await);
    }
    let (status, took) = health(world.address, 2).await;
    assert!(status == 200 && took < Duration::from_secs(1), "{took:?}");
    let open = open_count(&mut half_open).await;
    assert!((9..=10).contains(&open), "{open}");
    let (status, took) = health(world.address, 1).await;
    assert!(
        status == 200 && took < Duration::from_secs(1),
        "an honest client of the same address is served: {took:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trusted_proxy_has_no_bound_of_its_own() {
    let world = World::with(|settings| {
        settings.max_connections_per_address = Some(5);
        settings.trusted_proxies = Some(vec!["127.0.0.3".parse().unwrap()]);
    })
    .await;
    let mut proxied = Vec::new();
    for _ in 0..20 {
        proxied.push(connect(world.address, 3, HALF_A_HEAD).await);
    }
    assert_eq!(health(world.address, 3).await.0, 200);
    assert_eq!(open_count(&mut proxied).await, 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_all_connections_are_in_use_new_clients_are_served_all_the_same() {
    let world = World::with(|settings| {
        settings.max_connections = Some(8);
        settings.max_connections_per_address = Some(4);
        settings.allow_faults = true;
    })
    .await;
    let mut half_open = Vec::new();
    for number in 0..24 {
        half_open.push(connect(world.address, 10 + number, HALF_A_HEAD).await);
    }
    for client in [2, 3] {
        let (status, took) = health(world.address, client).await;
        assert!(status == 200 && took < Duration::from_secs(1), "{took:?}");
    }
    assert!(open_count(&mut half_open).await <= 8);
    drop(half_open);

    let fault = json!({"route": "GET /companies/{id}", "count": 8, "delay_ms": 600});
    let fault = world.http.post(world.url("/__faults")).json(&fault);
    assert!(fault.send().await.unwrap().status().is_success());
    let mut busy = Vec::new();
    for number in 0..8 {
        busy.push(connect(world.address, 50 + number, COMPANY_REQUEST).await);
    }
    sleep(Duration::from_millis(100)).await;
    let (status, took) = health(world.address, 2).await;
    assert_eq!(status, 200);
    assert!(
        took > Duration::from_millis(200),
        "it waits for a slot: {took:?}"
    );
    for mut stream in busy {
        let response = response(&mut stream).await;
        assert!(response.starts_with("HTTP/1.1 200"), "{response}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_is_sent_byte_by_byte_is_cut() {
    let world = World::with(|settings| settings.header_timeout_ms = Some(400)).await;
    // The second request on a connection is timed from its first byte.
    for first in [&b""[..], REQUEST] {
        let mut stream = connect(world.address, 1, first).await;
        if !first.is_empty() {
            assert!(response(&mut stream).await.starts_with("HTTP/1.1 200"));
        }
        let started = Instant::now();
        for byte in HALF_A_HEAD.iter().cycle() {
            if stream.write_all(&[*byte]).await.is_err()
                || closes_within(&mut stream, Duration::from_millis(50)).await
            {
                break;
            }
        }
        let took = started.elapsed();
        let expected = Duration::from_millis(350)..Duration::from_millis(1_500);
        assert!(expected.contains(&took), "{took:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_connection_is_closed_and_a_long_request_is_not() {
    let world = World::with(|settings| {
        settings.header_timeout_ms = Some(300);
        settings.idle_timeout_ms = Some(500);
        settings.allow_faults = true;
    })
    .await;
    let fault = json!({"route": "GET /companies/{id}", "count": 1, "delay_ms": 1_500});
    let fault = world.http.post(world.url("/__faults")).json(&fault);
    assert!(fault.send().await.unwrap().status().is_success());
    let started = Instant::now();
    let mut stream = connect(world.address, 1, COMPANY_REQUEST).await;
    assert!(response(&mut stream).await.starts_with("HTTP/1.1 200"));
    assert!(started.elapsed() >= Duration::from_millis(1_500));
    // Longer than a head may take, shorter than a connection may be idle.
    sleep(Duration::from_millis(400)).await;
    stream.write_all(REQUEST).await.unwrap();
    assert!(response(&mut stream).await.starts_with("HTTP/1.1 200"));
    let answered = Instant::now();
    assert!(closes_within(&mut stream, Duration::from_secs(2)).await);
    let idle = answered.elapsed();
    assert!(idle >= Duration::from_millis(450), "{idle:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_download_is_finished_and_a_stalled_one_is_cut() {
    const LENGTH: usize = 16 * 1024 * 1024;
    const DOWNLOAD: &[u8] =
        b"GET /stripe_hosted_forms/card_entry/large.wasm HTTP/1.1\r\nhost: x\r\n\r\n";
    let world = World::with(|settings| {
        settings.header_timeout_ms = Some(300);
        settings.idle_timeout_ms = Some(600);
        let dist = settings.dist.clone().unwrap();
        std::fs::write(dist.join("large.wasm"), vec![0; LENGTH]).unwrap();
    })
    .await;
    // The pause before the rest is read: none, or longer than the timeout.
    for (pause, is_finished) in [(0, true), (1_500, false)] {
        let mut stream = connect(world.address, 1, DOWNLOAD).await;
        let mut piece = vec![0; 1024 * 1024];
        let mut received = stream.read(&mut piece).await.unwrap();
        sleep(Duration::from_millis(pause)).await;
        // The server closes the connection after the last byte, when it has been idle. A reset is a close, too.
        while let Ok(read @ 1..) = stream.read(&mut piece).await {
            received += read;
            sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(received > LENGTH, is_finished, "{received}");
    }
}
