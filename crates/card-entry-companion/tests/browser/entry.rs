//! One entry of a card: saved once, whatever is repeated, lost or late.

use super::support::*;
use card_entry_companion::event::Event;
use card_entry_companion::wallet::WalletError;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_card_is_saved_and_the_frame_is_told() {
    let page = mount(StubWallet::default());
    let iframe = linked(&page.place).await;
    run(
        &iframe,
        "say('intent_request', {attempt: 1}); say('intent_request', {attempt: 1})",
    );
    until("the intent, and said again", || {
        heard(&iframe) == "intent intent"
    })
    .await;
    assert_eq!(
        run(&iframe, "heard[0].client_secret").as_string().unwrap(),
        "seti_1_secret_2"
    );
    assert!(
        !page.place.inner_html().contains("_secret_"),
        "never in the DOM"
    );
    run(
        &iframe,
        &format!("for (let n = 0; n < 20; n++) result(1, '{PM}')"),
    );
    page.until_state("saved").await;
    run(&iframe, &format!("result(1, '{PM}')"));
    until("saved, and said again", || {
        heard(&iframe).starts_with("intent intent saved saved")
    })
    .await;
    assert_eq!(
        (page.wallet.count("begin"), page.wallet.count("save")),
        (1, 1)
    );
    assert_eq!(page.saved(), 1);
}

#[wasm_bindgen_test]
async fn two_cards_in_one_task_are_one_save() {
    let page = mount(StubWallet::default());
    let iframe = linked(&page.place).await;
    run(
        &iframe,
        &format!("result(1, '{PM}'); result(1, 'pm_another0001'); result(2, 'pm_another0002')"),
    );
    page.until_state("saved").await;
    sleep(100).await;
    assert_eq!(page.wallet.count("save"), 1);
}

#[wasm_bindgen_test]
async fn unclear_answers_are_tried_with_one_key_and_saved_once() {
    let wallet = StubWallet::default();
    wallet
        .saves
        .borrow_mut()
        .extend([Err(WalletError::Unclear), Err(WalletError::Unclear)]);
    let page = mount(wallet);
    let iframe = linked(&page.place).await;
    run(&iframe, &format!("result(1, '{PM}')"));
    for _ in 0..4 {
        if page.saved() == 1 {
            break;
        }
        sleep(1000).await;
    }
    assert_eq!(page.saved(), 1);
    let asked = page.wallet.asked.borrow();
    assert_eq!(asked.len(), 3, "{asked:?}");
    assert!(
        asked.iter().all(|call| *call == asked[0]),
        "one key: {asked:?}"
    );
}

#[wasm_bindgen_test]
async fn what_stays_unclear_is_looked_up() {
    let wallet = StubWallet::default();
    wallet
        .saves
        .borrow_mut()
        .extend([const { Err(WalletError::Unclear) }; 3]);
    wallet
        .cards
        .borrow_mut()
        .push(card("cus_1|pm_late", "4242"));
    let page = mount(wallet);
    let iframe = linked(&page.place).await;
    run(&iframe, &format!("result(1, '{PM}')"));
    for _ in 0..60 {
        if page.saved() == 1 {
            break;
        }
        sleep(100).await;
    }
    assert_eq!(page.saved(), 1, "{:?}", page.wallet.asked.borrow());
    assert_eq!(heard(&iframe), "not_saved:checking saved");
}

#[wasm_bindgen_test]
async fn an_expired_session_resumes_the_same_save() {
    let wallet = StubWallet::default();
    wallet.begins.borrow_mut().push_back(WalletError::SignIn);
    wallet
        .saves
        .borrow_mut()
        .push_back(Err(WalletError::SignIn));
    let page = mount(wallet);
    let iframe = linked(&page.place).await;
    run(&iframe, "say('intent_request', {attempt: 1})");
    page.until_state("sign-in").await;
    page.entry.signed_in();
    until("the intent", || {
        heard(&iframe) == "not_saved:checking intent"
    })
    .await;
    run(&iframe, &format!("result(1, '{PM}')"));
    until("asked again", || {
        page.count(|event| *event == Event::SignIn) == 2
    })
    .await;
    assert_eq!(page.state(), "sign-in");
    assert!(iframe_of(&page.place).is_some());
    page.entry.signed_in();
    page.until_state("saved").await;
    let asked = page.wallet.asked.borrow();
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
async fn a_pause_is_waited_for_and_said() {
    let wallet = StubWallet::default();
    wallet
        .saves
        .borrow_mut()
        .push_back(Err(WalletError::TryLater(1)));
    let page = mount(wallet);
    let iframe = linked(&page.place).await;
    run(&iframe, &format!("result(1, '{PM}')"));
    until("the words", || {
        run(&iframe, "heard[0]?.message ?? ''")
            .as_string()
            .unwrap()
            .contains("1 second")
    })
    .await;
    until("saved", || page.saved() == 1).await;
}

#[wasm_bindgen_test]
async fn a_reload_during_a_save_is_checking_and_one_save() {
    let page = mount(StubWallet {
        slowness: 800,
        ..StubWallet::default()
    });
    let iframe = linked(&page.place).await;
    run(&iframe, &format!("result(1, '{PM}')"));
    page.until_state("saving").await;
    run(&iframe, "globalThis.stale = true; location.reload()");
    until("another document", || {
        run(
            &iframe,
            "!globalThis.stale && document.readyState === 'complete'",
        )
        .is_truthy()
    })
    .await;
    let iframe = linked(&page.place).await;
    page.until_state("checking").await;
    run(&iframe, &format!("result(1, '{PM}')"));
    page.until_state("saved").await;
    assert_eq!((page.wallet.count("save"), page.saved()), (1, 1));
}

#[wasm_bindgen_test]
async fn a_refusal_keeps_the_form_usable() {
    let wallet = StubWallet::default();
    wallet
        .saves
        .borrow_mut()
        .push_back(Err(WalletError::Refused(None)));
    let page = mount(wallet);
    let iframe = linked(&page.place).await;
    run(&iframe, &format!("result(1, '{PM}')"));
    until("the refusal", || heard(&iframe) == "not_saved:refused").await;
    page.until_state("ready").await;
    run(&iframe, "result(2, 'pm_another0001')");
    page.until_state("saved").await;
    assert_eq!(page.count(|event| matches!(event, Event::Error(..))), 1);
}

#[wasm_bindgen_test]
async fn a_frame_that_is_late_is_said_not_to_load_or_shown_and_never_both() {
    let page = mount(StubWallet::default());
    let iframe = stand_in(&page.place).await;
    let notice = || page.place.query_selector(".ce-notice").unwrap().is_some();
    assert!(!notice() && iframe.offset_height() > 0);
    sleep(9_000).await;
    until("words by ten seconds", notice).await;
    assert_eq!(page.state(), "unusable");
    assert_eq!(
        iframe.offset_height(),
        0,
        "nothing says meanwhile that it is loading"
    );
    // It comes after all.
    run(&iframe, "hello()");
    until("a port", || run(&iframe, "!!port").is_truthy()).await;
    run(&iframe, "say('ready')");
    page.until_state("ready").await;
    assert!(!notice() && iframe.offset_height() > 0);
}
