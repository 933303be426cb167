//! The page's assets: only from the build, compressed; and the page without a build.

use super::{PAGE, directive, good, header};
use crate::support::{STUDIO_PAGE, World};

#[tokio::test(flavor = "multi_thread")]
async fn assets_are_compressed_and_typed_and_only_from_the_build() {
    let world = World::open().await;
    let dist = world.dist();
    std::fs::write(dist.join("app-1.js"), "plain").unwrap();
    std::fs::write(dist.join("app-1.js.br"), "squeezed").unwrap();
    std::fs::write(dist.join("app-1_bg.wasm"), "wasm").unwrap();
    std::fs::write(dist.join(".env"), "secret").unwrap();
    std::fs::write(world.folder().join("outside.js"), "outside").unwrap();
    std::os::unix::fs::symlink(world.folder().join("outside.js"), dist.join("link.js")).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;

    let ask = async |path: &str, accept: &str| {
        let request = world
            .get(&format!("{PAGE}/{path}"))
            .header("accept-encoding", accept);
        request.send().await.unwrap()
    };
    let small = ask("app-1.js", "gzip, br").await;
    assert_eq!(
        (small.status().as_u16(), header(&small, "content-encoding")),
        (200, "br")
    );
    assert_eq!(
        header(&small, "content-type"),
        "text/javascript; charset=utf-8"
    );
    assert_eq!(header(&small, "cache-control"), "no-cache");
    assert_eq!(
        header(&small, "cross-origin-resource-policy"),
        "same-origin"
    );
    assert_eq!(header(&small, "x-content-type-options"), "nosniff");
    assert_eq!(header(&small, "vary"), "accept-encoding");
    let tag = header(&small, "etag").to_owned();
    assert_eq!(small.text().await.unwrap(), "squeezed");
    for accept in ["", "gzip", "br;q=0", "identity"] {
        let plain = ask("app-1.js", accept).await;
        assert_eq!(header(&plain, "content-encoding"), "");
        assert_ne!(header(&plain, "etag"), tag);
        assert_eq!(plain.text().await.unwrap(), "plain");
    }
    assert_eq!(
        header(&ask("app-1_bg.wasm", "br").await, "content-type"),
        "application/wasm"
    );
    let request = world
        .get(&format!("{PAGE}/app-1.js"))
        .header("accept-encoding", "br")
        .header("if-none-match", &tag);
    let same = request.send().await.unwrap();
    assert_eq!(
        (same.status().as_u16(), header(&same, "etag")),
        (304, tag.as_str())
    );

    for path in [
        "index.html",
        "app-1.js.br",
        ".env",
        "link.js",
        "nothing.js",
        "../outside.js",
        "..%2Foutside.js",
        "%2e%2e/outside.js",
        "..%5Coutside.js",
        "%2Fetc%2Fpasswd",
        "app-1.js%00",
        "./app-1.js%2F..%2F..%2Foutside.js",
        "%ff",
    ] {
        let answer = ask(path, "br").await;
        assert!(
            [400, 404].contains(&answer.status().as_u16()),
            "{path} {}",
            answer.status()
        );
        assert!(!answer.text().await.unwrap().contains("outside"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_build_shows_what_to_do_and_a_new_one_is_loaded() {
    let world = World::open().await;
    let index = world.dist().join("index.html");
    let html = std::fs::read_to_string(&index).unwrap();
    std::fs::remove_file(&index).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let response = world.get(&good("pk_test_studio")).send().await.unwrap();
    assert_eq!(response.status(), 503);
    assert_eq!(
        directive(&response, "frame-ancestors"),
        [STUDIO_PAGE],
        "the sentence shows where the form should be"
    );
    assert!(response.text().await.unwrap().contains("trunk build"));
    std::fs::write(&index, html).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    assert_eq!(
        world
            .get(&good("pk_test_studio"))
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
}
