//! Secrets: card numbers, client secrets and tokens must never be sent or stored where they do not belong.

use e2e::card_form::{CHALLENGED, ChallengeAnswer, VISA};
use e2e::database::WalletDatabase;
use e2e::network_log::sent;
use e2e::user::User;
use e2e::{StepResult, ensure};

crate::journeys!(
    no_page_sends_a_card_number_to_our_servers,
    the_client_secret_is_in_no_url_log_or_page,
    the_database_holds_no_secrets,
);

async fn no_page_sends_a_card_number_to_our_servers(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.save_card(VISA).await?;
    let all = sent(&ann.driver.url, &ann.page.driver).await?;
    let holds = |text: &str| {
        text.replace(['+', ' '], "")
            .replace("%20", "")
            .contains(VISA.number)
    };
    let (theirs, ours): (Vec<_>, Vec<_>) = all
        .iter()
        .partition(|request| request.document.starts_with(&ann.system.fields));
    ensure(theirs.iter().any(|request| holds(&request.all)), || {
        "the card number was not seen where it belongs, so this journey would prove nothing"
            .to_owned()
    })?;
    ensure(ours.len() > 5, || {
        format!("only {} requests were seen", ours.len())
    })?;
    let leak = ours.iter().find(|request| holds(&request.all));
    ensure(leak.is_none(), || {
        format!(
            "{} sent the number to {}",
            leak.map_or("", |l| &l.document),
            leak.map_or("", |l| &l.url)
        )
    })
}

async fn the_client_secret_is_in_no_url_log_or_page(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.try_card(CHALLENGED).await?;
    ann.form().wait_state(&["challenge"]).await?;
    let html = ann.all_html().await?;
    ensure(!html.contains("_secret_"), || {
        "a page holds a client secret".to_owned()
    })?;
    ann.form()
        .answer_challenge(ChallengeAnswer::Complete)
        .await?;
    ann.wallet().wait_listed("3155").await?;
    let html = ann.all_html().await?;
    ensure(!html.contains("_secret_"), || {
        "a page holds a client secret".to_owned()
    })?;
    let ours = [&ann.system.booking, &ann.system.wallet];
    for request in sent(&ann.driver.url, &ann.page.driver).await? {
        let is_ours = ours.iter().any(|origin| request.url.starts_with(*origin));
        ensure(!(is_ours && request.url.contains("_secret_")), || {
            format!("in the address {}", request.url)
        })?;
        // The companion receives it in a response and passes it over a MessagePort: no request carries it.
        ensure(!(is_ours && request.all.contains("_secret_")), || {
            format!("in a request to {}", request.url)
        })?;
    }
    let console = ann
        .page
        .evaluate(
            "return JSON.stringify(performance.getEntriesByType('resource').map(e => e.name))",
        )
        .await?;
    ensure(!console.to_string().contains("_secret_"), || {
        "in an address the page loaded".to_owned()
    })?;
    let logs = ann.system.logs()?;
    ensure(logs.len() > 100, || {
        "there are no logs to search".to_owned()
    })?;
    ensure(!logs.contains("_secret_"), || {
        "a log holds a client secret".to_owned()
    })
}

async fn the_database_holds_no_secrets(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.save_card(VISA).await?;
    let token = ann
        .account()
        .await?
        .get("authentication_token")
        .and_then(|t| t.as_str().map(str::to_owned));
    let token = token.ok_or("signing in gives no token")?;
    let dump = WalletDatabase::open(&ann.system.database()?)
        .await?
        .dump()
        .await?;
    ensure(dump.contains(&ann.email), || {
        "the dump does not even hold the person".to_owned()
    })?;
    for secret in [
        token.as_str(),
        "_secret_",
        "sk_test",
        VISA.number,
        e2e::user::PASSWORD,
    ] {
        ensure(!dump.contains(secret), || {
            "the database holds a usable secret".to_owned()
        })?;
    }
    ensure(dump.contains("$argon2id$"), || {
        "passwords are not Argon2id".to_owned()
    })
}
