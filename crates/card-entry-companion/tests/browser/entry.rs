//! One card form: a card is saved once, whatever is repeated, lost or late.

use super::support::*;
use card_entry_companion::event::EntryEvent;
use card_entry_companion::wallet::WalletError;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_card_is_saved_and_the_frame_gets_the_result() {
    let page = mount(StubWallet::default());
    let iframe = connected_frame(&page.host).await;
    run_in_frame(
        &iframe,
        "send('intent_request', {attempt: 1}); send('intent_request', {attempt: 1})",
    );
    wait_until("the intent, and said again", || {
        received(&iframe) == "intent intent"
    })
    .await;
    assert_eq!(
        run_in_frame(&iframe, "received[0].client_secret")
            .as_string()
            .unwrap(),
        "seti_1_secret_2"
    );
    assert!(
        !page.host.inner_html().contains("_secret_"),
        "never in the DOM"
    );
    run_in_frame(
        &iframe,
        &format!("for (let n = 0; n < 20; n++) result(1, '{PM}')"),
    );
    page.wait_for_state("saved").await;
    run_in_frame(&iframe, &format!("result(1, '{PM}')"));
    wait_until("saved, and said again", || {
        received(&iframe).starts_with("intent intent saved saved")
    })
    .await;
    assert_eq!(
        (
            page.wallet.count("create_setup_intent"),
            page.wallet.count("save")
        ),
        (1, 1)
    );
    assert_eq!(page.saved(), 1);
}

#[wasm_bindgen_test]
async fn two_cards_in_one_turn_are_one_save() {
    let page = mount(StubWallet::default());
    let iframe = connected_frame(&page.host).await;
    run_in_frame(
        &iframe,
        &format!("result(1, '{PM}'); result(1, 'pm_another0001'); result(2, 'pm_another0002')"),
    );
    page.wait_for_state("saved").await;
    sleep(100).await;
    assert_eq!(page.wallet.count("save"), 1);
}

#[wasm_bindgen_test]
async fn indeterminate_answers_are_retried_with_one_key() {
    let wallet = StubWallet::default();
    wallet.save_results.borrow_mut().extend([
        Err(WalletError::Indeterminate),
        Err(WalletError::Indeterminate),
    ]);
    let page = mount(wallet);
    let iframe = connected_frame(&page.host).await;
    run_in_frame(&iframe, &format!("result(1, '{PM}')"));
    wait_until("saved", || page.saved() == 1).await;
    let asked = page.wallet.calls.borrow();
    assert_eq!(asked.len(), 3, "{asked:?}");
    assert!(
        asked.iter().all(|call| *call == asked[0]),
        "one key: {asked:?}"
    );
}

#[wasm_bindgen_test]
async fn a_save_that_stays_indeterminate_is_checked() {
    let wallet = StubWallet::default();
    wallet
        .save_results
        .borrow_mut()
        .extend([const { Err(WalletError::Indeterminate) }; 3]);
    wallet
        .cards
        .borrow_mut()
        .push(card("cus_1|pm_late", "4242"));
    let page = mount(wallet);
    let iframe = connected_frame(&page.host).await;
    run_in_frame(&iframe, &format!("result(1, '{PM}')"));
    wait_until("saved", || page.saved() == 1).await;
    assert_eq!(received(&iframe), "not_saved:checking saved");
}

#[wasm_bindgen_test]
async fn an_expired_session_resumes_the_same_save() {
    let wallet = StubWallet::default();
    wallet
        .intent_errors
        .borrow_mut()
        .push_back(WalletError::SignInRequired);
    wallet
        .save_results
        .borrow_mut()
        .push_back(Err(WalletError::SignInRequired));
    let page = mount(wallet);
    let iframe = connected_frame(&page.host).await;
    run_in_frame(&iframe, "send('intent_request', {attempt: 1})");
    page.wait_for_state("sign-in").await;
    page.entry.signed_in();
    wait_until("the intent", || {
        received(&iframe) == "not_saved:checking intent"
    })
    .await;
    run_in_frame(&iframe, &format!("result(1, '{PM}')"));
    wait_until("asked again", || {
        page.count(|event| *event == EntryEvent::SignIn) == 2
    })
    .await;
    assert_eq!(page.state(), "sign-in");
    assert!(iframe_of(&page.host).is_some());
    page.entry.signed_in();
    page.wait_for_state("saved").await;
    let asked = page.wallet.calls.borrow();
    let saves: Vec<_> = asked
        .iter()
        .filter(|call| call.starts_with("save"))
        .collect();
    assert_eq!(
        (saves.len(), saves[0]),
        (2, saves[1]),
        "the same request, the same key"
    );
}

#[wasm_bindgen_test]
async fn a_rate_limit_is_waited_for_and_shown() {
    let wallet = StubWallet::default();
    wallet
        .save_results
        .borrow_mut()
        .push_back(Err(WalletError::RateLimited(1)));
    let page = mount(wallet);
    let iframe = connected_frame(&page.host).await;
    run_in_frame(&iframe, &format!("result(1, '{PM}')"));
    wait_until("the words", || {
        run_in_frame(&iframe, "received[0]?.message ?? ''")
            .as_string()
            .unwrap()
            .contains("1 second")
    })
    .await;
    wait_until("saved", || page.saved() == 1).await;
}

#[wasm_bindgen_test]
async fn a_reload_during_a_save_makes_no_second_save() {
    let page = mount(StubWallet {
        save_delay_ms: 800,
        ..StubWallet::default()
    });
    let iframe = connected_frame(&page.host).await;
    run_in_frame(&iframe, &format!("result(1, '{PM}')"));
    page.wait_for_state("saving").await;
    run_in_frame(&iframe, "globalThis.stale = true; location.reload()");
    wait_until("another document", || {
        run_in_frame(
            &iframe,
            "!globalThis.stale && document.readyState === 'complete'",
        )
        .is_truthy()
    })
    .await;
    let iframe = connected_frame(&page.host).await;
    page.wait_for_state("checking").await;
    run_in_frame(&iframe, &format!("result(1, '{PM}')"));
    page.wait_for_state("saved").await;
    assert_eq!((page.wallet.count("save"), page.saved()), (1, 1));
}

#[wasm_bindgen_test]
async fn a_refusal_keeps_the_form_usable() {
    let wallet = StubWallet::default();
    wallet
        .save_results
        .borrow_mut()
        .push_back(Err(WalletError::Refused(None)));
    let page = mount(wallet);
    let iframe = connected_frame(&page.host).await;
    run_in_frame(&iframe, &format!("result(1, '{PM}')"));
    wait_until("the refusal", || received(&iframe) == "not_saved:refused").await;
    page.wait_for_state("ready").await;
    run_in_frame(&iframe, "result(2, 'pm_another0001')");
    page.wait_for_state("saved").await;
    assert_eq!(
        page.count(|event| matches!(event, EntryEvent::Error(..))),
        1
    );
}

#[wasm_bindgen_test]
async fn a_late_frame_shows_the_banner_or_the_form_but_never_both() {
    let page = mount(StubWallet::default());
    let iframe = fake_frame(&page.host).await;
    let notice = || page.host.query_selector(".ce-notice").unwrap().is_some();
    assert!(!notice() && iframe.offset_height() > 0);
    sleep(9_000).await;
    wait_until("words by ten seconds", notice).await;
    assert_eq!(page.state(), "unusable");
    assert_eq!(
        iframe.offset_height(),
        0,
        "nothing says meanwhile that it is loading"
    );
    // The frame starts later.
    run_in_frame(&iframe, "hello()");
    wait_until("a port", || run_in_frame(&iframe, "!!port").is_truthy()).await;
    run_in_frame(&iframe, "send('ready')");
    page.wait_for_state("ready").await;
    assert!(!notice() && iframe.offset_height() > 0);
}
