//! A minimal HTTP client for the demo's own programs: `GET /healthz` and a few `POST`s. Two kinds of requests are not
//! worth a dependency. It must never call another computer.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A healthy program on this computer accepts a connection sooner.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// A sign-in calls other programs, on a computer that has just started all of them.
const READ_TIMEOUT: Duration = Duration::from_secs(20);

/// Whether `GET /healthz` at `address` returns 200.
pub fn is_healthy(address: &str) -> bool {
    get_health_status(address).is_ok_and(|status| status == *b"200")
}

/// Sends the request in one write: a server may answer after the first part and close the connection.
fn send(address: &str, request: &str, read_timeout: Duration) -> io::Result<TcpStream> {
    let socket: SocketAddr = address.parse().map_err(io::Error::other)?;
    let mut stream = TcpStream::connect_timeout(&socket, CONNECT_TIMEOUT)?;
    stream.set_read_timeout(Some(read_timeout))?;
    stream.set_write_timeout(Some(CONNECT_TIMEOUT))?;
    stream.write_all(request.as_bytes())?;
    Ok(stream)
}

/// Posts JSON. Returns the body of a response with 200, or a sentence about what came instead.
pub fn post(address: &str, path: &str, json: &str) -> Result<String, String> {
    post_with_headers(address, path, "", "application/json", json)
}

/// Posts a body of any content type; `headers` are further header lines, each with its line end.
pub fn post_with_headers(
    address: &str,
    path: &str,
    headers: &str,
    content_type: &str,
    body: &str,
) -> Result<String, String> {
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n{headers}\
         Connection: close\r\n\r\n"
    );
    let mut response = String::new();
    send(address, &format!("{head}{body}"), READ_TIMEOUT)
        .and_then(|mut stream| stream.read_to_string(&mut response))
        .map_err(|cause| format!("{address}{path} did not respond: {cause}"))?;
    let status = response.lines().next().unwrap_or_default();
    let body = response.split_once("\r\n\r\n").map(|(_, body)| body);
    match body {
        Some(body) if status.starts_with("HTTP/1.1 200") => Ok(body.to_owned()),
        _ => Err(format!("{address}{path} returned \"{status}\"")),
    }
}

fn get_health_status(address: &str) -> io::Result<[u8; 3]> {
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let mut start = [0_u8; 12];
    send(address, &request, CONNECT_TIMEOUT)?.read_exact(&mut start)?;
    match start {
        [b'H', b'T', b'T', b'P', b'/', b'1', b'.', _, _, status @ ..] => Ok(status),
        _ => Err(io::Error::other("the response is not HTTP")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::net::TcpListener;

    /// Runs `client` against a server that sends this response to every request.
    fn with_server<T>(response: &'static str, client: impl FnOnce(&str) -> T) -> T {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 512]);
            let _ = stream.write_all(response.as_bytes());
        });
        let made = client(&address);
        server.join().unwrap();
        made
    }

    fn served(response: &'static str) -> bool {
        with_server(response, is_healthy)
    }

    fn posted(response: &'static str) -> Result<String, String> {
        with_server(response, |address| post(address, "/sign-in", "{}"))
    }

    #[test]
    fn only_a_200_is_healthy() {
        assert!(served("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"));
        assert!(!served("HTTP/1.1 503 Service Unavailable\r\n\r\n"));
        assert!(!served("SSH-2.0-OpenSSH_9"));
        assert!(!served(""));
    }

    #[test]
    fn a_closed_port_is_not_healthy() {
        assert!(!is_healthy("127.0.0.1:1"));
        assert!(!is_healthy("nonsense"));
    }

    #[test]
    fn an_error_says_what_came_instead() {
        let body = posted("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
        assert_eq!(body.as_deref(), Ok("{}"));
        let refused = posted("HTTP/1.1 502 Bad Gateway\r\n\r\n{}").unwrap_err();
        assert!(refused.ends_with("/sign-in returned \"HTTP/1.1 502 Bad Gateway\""));
        let away = post("127.0.0.1:1", "/sign-in", "{}").unwrap_err();
        assert!(away.starts_with("127.0.0.1:1/sign-in did not respond: "));
    }
}
