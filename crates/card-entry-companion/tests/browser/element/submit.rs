//! `submit()` of the element: answered exactly once, whatever happens to the form.

use super::{attributes, listen, make, set, text};
use crate::support::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_submit_waits_until_the_form_is_ready_and_is_answered() {
    let element = make(&attributes());
    listen(&element);
    // Before the form is mounted.
    set(
        &element,
        "globalThis.answers = []; for (let n = 0; n < 3; n++) subject.submit().then((answer) => answers.push(answer))",
    );
    wait_until("mounted", || iframe_of(&element).is_some()).await;
    let iframe = connected_frame(&element).await;
    wait_until("one press", || received(&iframe) == "submit").await;
    run_in_frame(
        &iframe,
        "send('not_submitted', {reason: 'incomplete', field: 'cvc'})",
    );
    wait_until("answered", || {
        run_in_page("answers.length === 3").is_truthy()
    })
    .await;
    let not = r#"{"reason":"incomplete","field":"cvc","submitted":false}"#;
    assert_eq!(
        text("answers.map(JSON.stringify).join(' ')"),
        [not; 3].join(" ")
    );
    assert_eq!(
        text("JSON.stringify(events.at(-1))"),
        r#"["not-submitted",{"reason":"incomplete","field":"cvc"}]"#
    );
    run_in_page("subject.submit().then((answer) => answers.push(answer))");
    wait_until("a second", || received(&iframe) == "submit submit").await;
    run_in_frame(
        &iframe,
        "send('log', {event: 'attempt_started', detail: ''})",
    );
    wait_until("answered", || {
        run_in_page("answers.length === 4").is_truthy()
    })
    .await;
    assert_eq!(text("JSON.stringify(answers[3])"), r#"{"submitted":true}"#);
    // A form that is removed before it answers.
    run_in_page("subject.submit().then((answer) => answers.push(answer))");
    element.remove();
    wait_until("answered", || {
        run_in_page("answers.length === 5").is_truthy()
    })
    .await;
    assert_eq!(text("answers[4].reason"), "left");
    run_in_page("subject.submit().then((answer) => answers.push(answer))");
    wait_until("answered", || {
        run_in_page("answers.length === 6").is_truthy()
    })
    .await;
    assert_eq!(text("answers[5].reason"), "left");
    run_in_page("console.error = consoleError");
}

#[wasm_bindgen_test]
async fn a_submit_of_an_unusable_form_is_answered() {
    let element = make(&attributes());
    listen(&element);
    set(
        &element,
        "globalThis.answers = []; subject.submit().then((answer) => answers.push(answer))",
    );
    wait_until("mounted", || iframe_of(&element).is_some()).await;
    let iframe = fake_frame(&element).await;
    run_in_frame(&iframe, "hello()");
    wait_until("a port", || run_in_frame(&iframe, "!!port").is_truthy()).await;
    run_in_frame(
        &iframe,
        "send('unusable', {code: 'bad_key', message: 'No.'})",
    );
    wait_until("answered", || {
        run_in_page("answers.length === 1").is_truthy()
    })
    .await;
    run_in_page("subject.submit().then((answer) => answers.push(answer))");
    wait_until("answered", || {
        run_in_page("answers.length === 2").is_truthy()
    })
    .await;
    assert_eq!(
        text("answers.map(({reason}) => reason).join()"),
        "unusable,unusable"
    );
    let wrong = make("frame='/x'");
    set(
        &wrong,
        "subject.submit().then((answer) => answers.push(answer))",
    );
    wait_until("answered", || {
        run_in_page("answers.length === 3").is_truthy()
    })
    .await;
    assert_eq!(text("answers[2].reason"), "unusable");
    run_in_page("console.error = consoleError");
    element.remove();
    wrong.remove();
}
