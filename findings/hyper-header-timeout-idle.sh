#!/usr/bin/env bash
# hyper (Rust) 1.12.0: the timeout for reading a request's head also closes an idle keep-alive connection.
#
# Expectation: `http1::Builder::header_read_timeout` bounds the time from the first byte of a head to its last. The documentation
# calls it "a timeout for reading client request headers". A client that has its response and sends nothing yet reads no
# headers, so a short head timeout (10 s) can stand beside a long idle timeout (60 s).
# Behaviour: the timeout starts as soon as the server waits for the next request. A connection that is idle for that long is
# closed without a byte. A server that wants two times has to measure the phases of its connections itself.
# Version and source: hyper 1.12.0, src/proto/h1/conn.rs: `poll_read_head` starts the timer before the first byte has arrived.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "idle"
version = "0.0.0"
edition = "2021"

[dependencies]
hyper = { version = "=1.12.0", features = ["http1", "server"] }
hyper-util = { version = "=0.1.21", features = ["tokio"] }
http-body-util = "0.1"
tokio = { version = "1", features = ["io-util", "macros", "net", "rt", "time"] }
TOML
cat > src/main.rs <<'RUST'
use std::convert::Infallible;
use std::time::{Duration, Instant};

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const TIMEOUT: Duration = Duration::from_secs(1);
const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";

async fn respond(_: Request<hyper::body::Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    Ok(Response::new(Full::new(Bytes::from_static(b"ok"))))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let server = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("a connection");
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(TIMEOUT)
            .serve_connection(TokioIo::new(stream), service_fn(respond))
            .await
    });
    let mut client = TcpStream::connect(address).await?;
    client.write_all(REQUEST).await?;
    let mut read = vec![0; 1024];
    let count = client.read(&mut read).await?;
    println!("first request: {}", String::from_utf8_lossy(&read[..count]).lines().next().unwrap_or(""));
    let idle = Instant::now();
    let end = tokio::time::timeout(TIMEOUT * 4, client.read(&mut read)).await;
    let waited = idle.elapsed();
    let closed = matches!(end, Ok(Ok(0)));
    println!("idle, with a head timeout of {TIMEOUT:?}: closed {closed} after {waited:.1?}");
    if let Ok(ended) = tokio::time::timeout(TIMEOUT, server).await {
        println!("the server's connection ended with: {ended:?}");
    }
    let as_described = closed && waited < TIMEOUT * 3;
    println!("{}", if as_described { "as described" } else { "the behaviour has changed" });
    std::process::exit(i32::from(!as_described))
}
RUST
cargo run --quiet
