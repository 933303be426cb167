//! Invalid queries of the page: it shows their code, and never reveals the origins of other accounts.

use super::{PAGE, directive, meta};
use crate::support::{BARBER_PAGE, STUDIO_PAGE, World};

#[tokio::test(flavor = "multi_thread")]
async fn an_invalid_query_shows_its_code_and_loads_no_provider_script() {
    let world = World::open().await;
    for (query, code, parents) in [
        (
            "stripe_publishable_key=pk_test_nobody&creditCardsOnly=true",
            "key_not_allowed",
            &["'none'"],
        ),
        ("creditCardsOnly=true", "bad_key", &["'none'"]),
        ("", "bad_key", &["'none'"]),
        (
            "stripe_publishable_key=sk_test_studio&creditCardsOnly=true",
            "secret_key_in_url",
            &["'none'"],
        ),
        (
            "stripe_publishable_key=pk_test_studio&client_secret=seti_1_secret_2",
            "secret_in_url",
            &[STUDIO_PAGE],
        ),
        (
            "stripe_publishable_key=pk_test_studio&creditCardsOnly=yes",
            "bad_flag",
            &[STUDIO_PAGE],
        ),
        (
            "stripe_publishable_key=pk_test_studio&creditCardsOnly=%zz",
            "bad_encoding",
            &["'none'"],
        ),
        (
            "stripe_publishable_key=pk_test_studio&creditCardsOnly=true&stripe_account=acct_1",
            "bad_account",
            &[STUDIO_PAGE],
        ),
        (
            "stripe_publishable_key=pk_test_studio&creditCardsOnly=true&parent_origin=https://evil.example",
            "parent_not_allowed",
            &[STUDIO_PAGE],
        ),
        (
            "stripe_publishable_key=pk_test_studio&creditCardsOnly=true&parent_origin=https://book.barber.example",
            "parent_not_allowed",
            &[STUDIO_PAGE],
        ),
        (
            "stripe_publishable_key=pk_test_studio&stripe_publishable_key=pk_test_barber&creditCardsOnly=true",
            "duplicate_param",
            &[STUDIO_PAGE],
        ),
    ] {
        let parents: &[&str] = parents;
        let response = world.get(&format!("{PAGE}?{query}")).send().await.unwrap();
        assert_eq!(response.status(), 200, "{query}");
        assert_eq!(directive(&response, "frame-ancestors"), parents, "{query}");
        assert_eq!(directive(&response, "frame-src"), ["'none'"], "{query}");
        let html = response.text().await.unwrap();
        assert_eq!(meta(&html, "card-entry-error"), code, "{query}");
        assert_eq!(meta(&html, "card-entry-stripe-js"), "", "{query}");
        assert!(
            !html.contains("sk_test") && !html.contains("_secret_"),
            "the query is not echoed"
        );
    }
    let long = format!("{PAGE}?x={}", "a".repeat(9_000));
    assert_eq!(
        meta(
            &world.get(&long).send().await.unwrap().text().await.unwrap(),
            "card-entry-error"
        ),
        "url_too_long"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ancestor_may_embed_a_parent_and_nothing_else() {
    const SALON: &str = "https://salon.example";
    let world = World::with(|settings| {
        settings.accounts[0].ancestors = vec![SALON.to_owned()];
    })
    .await;
    let good = "stripe_publishable_key=pk_test_studio&creditCardsOnly=true";
    let other = "stripe_publishable_key=pk_test_barber&creditCardsOnly=true";
    for (query, from, ancestors, parents) in [
        (good, "", &[STUDIO_PAGE, SALON][..], STUDIO_PAGE),
        (
            "stripe_publishable_key=pk_test_studio&creditCardsOnly=maybe",
            "",
            &[STUDIO_PAGE, SALON],
            STUDIO_PAGE,
        ),
        ("", STUDIO_PAGE, &[STUDIO_PAGE, SALON], STUDIO_PAGE),
        (other, "", &[BARBER_PAGE], BARBER_PAGE),
        ("", BARBER_PAGE, &[BARBER_PAGE], BARBER_PAGE),
        ("", SALON, &["'none'"], ""),
    ] {
        let request = world
            .get(&format!("{PAGE}?{query}"))
            .header("referer", from);
        let response = request.send().await.unwrap();
        assert_eq!(
            directive(&response, "frame-ancestors"),
            ancestors,
            "{query} {from}"
        );
        let html = response.text().await.unwrap();
        assert_eq!(meta(&html, "card-entry-parents"), parents, "{query} {from}");
    }
    let named = format!("{PAGE}?{good}&parent_origin={SALON}");
    let html = world
        .get(&named)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert_eq!(meta(&html, "card-entry-error"), "parent_not_allowed");
    let call = world
        .get("/api/mkp/v1/companies/40426")
        .header("origin", SALON);
    let answer = call.send().await.unwrap();
    assert_eq!(
        answer.headers().get("access-control-allow-origin"),
        None,
        "an ancestor may not call the API"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_the_requesting_page_may_embed_if_it_is_configured() {
    let world = World::open().await;
    for (from, ancestor) in [
        (BARBER_PAGE, BARBER_PAGE),
        ("https://book.barber.example/", BARBER_PAGE),
        ("https://book.barber.example/cards?x=1", BARBER_PAGE),
        ("https://evil.example/", "'none'"),
        ("https://book.barber.example.evil.example/", "'none'"),
        ("http://book.barber.example/", "'none'"),
        ("nonsense", "'none'"),
        ("", "'none'"),
    ] {
        for query in ["", "stripe_publishable_key=pk_test_nobody", "x=%zz"] {
            let request = world
                .get(&format!("{PAGE}?{query}"))
                .header("referer", from);
            let response = request.send().await.unwrap();
            let ancestors = directive(&response, "frame-ancestors");
            assert_eq!(ancestors, [ancestor], "{from} {query}");
            let named = if ancestor == "'none'" { "" } else { ancestor };
            let html = response.text().await.unwrap();
            assert_eq!(meta(&html, "card-entry-parents"), named);
        }
    }
}
