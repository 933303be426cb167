//! TLS without a proxy: certificates, slow handshakes, and a certificate that is renewed on SIGHUP.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use reqwest::{Certificate, Client};
use serde_json::Value;
use wallet_server::config::{ServerConfig, Settings};

use super::{Program, settings_file_of};
use crate::connections::{closes_within, connect};
use crate::support::{World, eventually};

/// Writes a new certificate and its key for the names `localhost` and `127.0.0.1`, and returns the certificate.
fn renew(world: &World) -> String {
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names).unwrap();
    let (certificate, key) = (
        world.folder().join("tls.pem"),
        world.folder().join("tls.key"),
    );
    std::fs::write(&key, signing_key.serialize_pem()).unwrap();
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::write(certificate, cert.pem()).unwrap();
    cert.pem()
}

/// A client that trusts this certificate alone, and keeps no connection.
fn client(certificate: &str) -> Client {
    let certificate = Certificate::from_pem(certificate.as_bytes()).unwrap();
    Client::builder()
        .tls_built_in_root_certs(false)
        .add_root_certificate(certificate)
        .pool_max_idle_per_host(0)
        .no_proxy()
        .build()
        .unwrap()
}

async fn start(world: &World, more: &str) -> Program {
    let file = settings_file_of(world).await;
    let text = std::fs::read_to_string(&file).unwrap();
    let folder = world.folder();
    let tls = format!(
        "tls_certificate = \"{0}/tls.pem\"\ntls_key = \"{0}/tls.key\"\n",
        folder.display()
    );
    std::fs::write(&file, format!("{tls}{more}{text}")).unwrap();
    let program = Program::start(&["--config", &file]);
    eventually("it listens", || async {
        program.log().contains("address=")
    })
    .await;
    program
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_served_over_tls_and_a_new_certificate_is_taken_on_sighup() {
    let world = World::open().await;
    let first = renew(&world);
    let mut program = start(&world, "").await;
    assert!(
        program.log().contains("public_url=https://127.0.0.1:"),
        "{}",
        program.log()
    );
    let port = program.address().port();
    let url = format!("https://localhost:{port}/healthz");
    let old = client(&first);
    let response = old.get(&url).send().await.unwrap();
    assert!(response.headers().contains_key("x-request-id"));
    let body: Value = response.json().await.unwrap();
    assert_eq!(body["status"], "ok");
    let plain = world.http.get(format!("http://localhost:{port}/healthz"));
    assert!(plain.send().await.is_err(), "plain http is not answered");

    let second = renew(&world);
    let new = client(&second);
    assert!(
        new.get(&url).send().await.is_err(),
        "it is read on SIGHUP only"
    );
    let id = program.child.id().to_string();
    let hang_up = || Command::new("kill").args(["-HUP", &id]).status().unwrap();
    assert!(hang_up().success());
    eventually("the new certificate is taken", || async {
        new.get(&url)
            .send()
            .await
            .is_ok_and(|response| response.status() == 200)
    })
    .await;
    assert!(old.get(&url).send().await.is_err());

    // A file that is no certificate leaves the old one.
    std::fs::write(world.folder().join("tls.pem"), "nothing").unwrap();
    assert!(hang_up().success());
    eventually("the reason is logged", || async {
        program
            .log()
            .contains("settings not reloaded, the old ones stay: tls_certificate: ")
    })
    .await;
    assert_eq!(new.get(&url).send().await.unwrap().status(), 200);
    assert!(program.terminate().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handshake_that_is_not_finished_is_closed_in_the_time_of_a_head() {
    let world = World::open().await;
    let certificate = renew(&world);
    let mut program = start(&world, "header_timeout_ms = 300\n").await;
    let address = program.address();
    // The first bytes of a ClientHello, and nothing at all.
    let mut half = connect(address, 1, &[0x16, 0x03, 0x01]).await;
    let mut silent = connect(address, 1, b"").await;
    let limit = std::time::Duration::from_secs(30);
    assert!(closes_within(&mut half, limit).await && closes_within(&mut silent, limit).await);
    let url = format!("https://localhost:{}/healthz", address.port());
    assert_eq!(
        client(&certificate).get(url).send().await.unwrap().status(),
        200
    );
    // Bytes that are no TLS end the connection at once, and not the server.
    let mut plain = connect(address, 1, b"GET / HTTP/1.1\r\n\r\n").await;
    assert!(closes_within(&mut plain, limit).await);
    assert!(program.terminate().success());
}

#[tokio::test]
async fn certificates_that_cannot_be_used_stop_the_start() {
    let world = World::open().await;
    renew(&world);
    let (certificate, key) = (
        world.folder().join("tls.pem"),
        world.folder().join("tls.key"),
    );
    let check = |change: &dyn Fn(&mut Settings)| {
        let mut settings = world.settings.clone();
        settings.public_url = Some("https://cards.example".to_owned());
        settings.tls_certificate = Some(certificate.clone());
        settings.tls_key = Some(key.clone());
        change(&mut settings);
        ServerConfig::check(settings)
            .map(|config| {
                config
                    .warnings
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
            })
            .map_err(|error| error.to_string())
    };
    let sound = check(&|_| ()).unwrap();
    assert!(
        !sound
            .iter()
            .any(|one| one.starts_with("tls") || one.starts_with("trusted_proxies")),
        "{sound:?}"
    );
    type Change<'a> = &'a dyn Fn(&mut Settings);
    let wrong: [(&str, Change); 5] = [
        ("tls_key: is missing", &|s| s.tls_key = None),
        ("tls_certificate: is missing", &|s| s.tls_certificate = None),
        ("tls_key: /no/such.key cannot be read", &|s| {
            s.tls_key = Some("/no/such.key".into())
        }),
        ("tls_key: ", &|s| s.tls_key = Some(certificate.clone())),
        ("public_url: http://cards.example is http", &|s| {
            s.public_url = Some("http://cards.example".to_owned())
        }),
    ];
    for (words, change) in wrong {
        let error = check(change).unwrap_err();
        assert!(
            error.starts_with(words) && !error.contains("PRIVATE"),
            "{words}: {error}"
        );
    }
    let text = std::fs::read_to_string(&key).unwrap();
    renew(&world);
    std::fs::write(&key, text).unwrap();
    let error = check(&|_| ()).unwrap_err();
    assert_eq!(
        error,
        "tls_key: is not the key of tls_certificate; give the pair"
    );
    renew(&world);
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let warned = check(&|_| ()).unwrap();
    assert!(
        warned
            .iter()
            .any(|one| one.starts_with("tls_key: ") && one.contains("chmod")),
        "{warned:?}"
    );
}
