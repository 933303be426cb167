//! Invalid configurations of the frame: an error message, a stable code, no Stripe.js, and no secret left in the URL.

use e2e::network_log::sent;
use e2e::user::User;
use e2e::{StepResult, ensure};

crate::journeys!(
    each_invalid_configuration_shows_an_error_and_loads_no_stripe_js,
    a_secret_key_is_removed_from_the_url,
    a_form_without_a_parent_is_inert,
    a_form_in_a_sandboxed_iframe_shows_an_error,
    a_form_without_its_wasm_shows_an_error,
);

const GOOD: &str = "stripe_publishable_key=pk_test_demo&creditCardsOnly=true";

/// Invalid queries and their error codes.
const ROWS: [(&str, &str); 13] = [
    ("creditCardsOnly=true", "bad_key"),
    (
        "stripe_publishable_key=pk_test_nobody&creditCardsOnly=true",
        "key_not_allowed",
    ),
    (
        "stripe_publishable_key=sk_test_demo&creditCardsOnly=true",
        "secret_key_in_url",
    ),
    (
        "stripe_publishable_key=pk_test_demo&currency=usd&amount=-1",
        "bad_amount",
    ),
    (
        "stripe_publishable_key=pk_test_demo&currency=usdd&amount=50",
        "bad_currency",
    ),
    (
        "stripe_publishable_key=pk_test_demo&creditCardsOnly=yes",
        "bad_flag",
    ),
    (
        "stripe_publishable_key=pk_test_demo&creditCardsOnly=1&isForFutureUsage=",
        "bad_flag",
    ),
    (
        "stripe_publishable_key=pk_test_demo&creditCardsOnly=1&stripe_account=acc_1",
        "bad_account",
    ),
    (
        "stripe_publishable_key=pk_test_demo&creditCardsOnly=1&parent_origin=https%3A%2F%2Fother.example",
        "parent_not_allowed",
    ),
    (
        "stripe_publishable_key=pk_test_demo&creditCardsOnly=1&x=%zz",
        "bad_encoding",
    ),
    (
        "stripe_publishable_key=pk_test_demo&creditCardsOnly=1&creditCardsOnly=0",
        "duplicate_param",
    ),
    (
        "stripe_publishable_key=pk_test_demo&creditCardsOnly=1&client_secret=seti_1_secret_2",
        "secret_in_url",
    ),
    ("TOO_LONG", "url_too_long"),
];

/// Embeds the frame with this query in a page of the booking site.
async fn embed(ann: &User<'_>, query: &str) -> StepResult {
    embed_as(ann, query, "").await
}

/// As [`embed`], with a script that changes the iframe before it loads.
async fn embed_as(ann: &User<'_>, query: &str, more: &str) -> StepResult {
    ann.page
        .visit(&format!("{}/legacy.html", ann.system.booking))
        .await?;
    let script = format!(
        "document.querySelectorAll('iframe').forEach(f => f.remove());
         const f = document.createElement('iframe'); f.id = 'card-form'; f.width = 500; f.height = 400; {more};
         f.src = '{}?{query}'; document.body.prepend(f); return 0",
        ann.system.frame
    );
    ann.page.evaluate(&script).await?;
    ann.plain_listener_form()
        .wait_state(&["unusable"])
        .await
        .map(drop)
}

async fn each_invalid_configuration_shows_an_error_and_loads_no_stripe_js(
    ann: &User<'_>,
) -> StepResult {
    for (query, code) in ROWS {
        let query = if query == "TOO_LONG" {
            format!("{GOOD}&x={}", "a".repeat(8200))
        } else {
            query.to_owned()
        };
        sent(&ann.driver.url, &ann.page.driver).await?;
        embed(ann, &query)
            .await
            .map_err(|error| format!("{code}: {error}"))?;
        let shown = ann.page.read("#code").await?;
        ensure(shown.contains(code), || {
            format!("{code}: the page shows {shown:?}")
        })?;
        let words = ann.page.read("#alert, #status").await?;
        ensure(
            words.len() > 10 && !words.contains("pk_test") && !words.contains("sk_test"),
            || format!("{code}: {words:?}"),
        )?;
        let loaded = sent(&ann.driver.url, &ann.page.driver).await?;
        let script = loaded
            .iter()
            .find(|request| request.url.contains("/v3/") || request.url.contains("stripe.js"));
        ensure(script.is_none(), || {
            format!("{code}: {script:?} was loaded")
        })?;
    }
    Ok(())
}

async fn a_secret_key_is_removed_from_the_url(ann: &User<'_>) -> StepResult {
    for query in [
        "stripe_publishable_key=sk_test_canary&creditCardsOnly=1",
        "stripe_publishable_key=pk_test_demo&client_secret=seti_1_secret_canary",
    ] {
        embed(ann, query).await?;
        let address = ann.page.evaluate("return location.href").await?.to_string();
        ensure(!address.contains("canary"), || {
            format!("the address is {address}")
        })?;
        let html = ann.page.driver.source().await?;
        ensure(!html.contains("canary"), || {
            "the page holds the secret".to_owned()
        })?;
    }
    let logs = ann.system.logs()?;
    ensure(!logs.contains("canary"), || {
        "a log holds the secret".to_owned()
    })
}

async fn a_form_without_a_parent_is_inert(ann: &User<'_>) -> StepResult {
    ann.page
        .visit(&format!("{}?{GOOD}", ann.system.frame))
        .await?;
    let code = ann.page.read("#code").await?;
    ensure(code.contains("not_embedded"), || {
        format!("the page shows {code:?}")
    })
}

async fn a_form_in_a_sandboxed_iframe_shows_an_error(ann: &User<'_>) -> StepResult {
    embed_as(ann, GOOD, "f.sandbox = 'allow-scripts allow-forms'").await?;
    let shown = ann.page.read("#card-entry").await?;
    ensure(
        shown.contains("sandboxed") && shown.contains("isn’t set up correctly"),
        || format!("the page shows {shown:?}"),
    )
}

/// This page has no companion, so the frame itself must show the error.
async fn a_form_without_its_wasm_shows_an_error(ann: &User<'_>) -> StepResult {
    ann.driver.block(&ann.page.driver, &["*.wasm"]).await?;
    embed(ann, GOOD).await?;
    ann.page.wait_text("#card-entry", "didn’t load").await?;
    ann.driver.block(&ann.page.driver, &[]).await?;
    ann.page.click("#card-entry button").await?;
    ann.plain_listener_form()
        .wait_state(&["ready"])
        .await
        .map(drop)
}
