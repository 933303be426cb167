//! The iframe on its page: in view, scrolled into view, focused, hidden.

use super::support::*;
use card_entry_companion::event::EntryEvent;
use card_entry_protocol::message::LogEvent;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlIFrameElement};

/// A host element far below the visible area.
fn far_away() -> Element {
    let host = new_host();
    host.set_attribute("style", "margin-top: 5000px; margin-bottom: 5000px")
        .unwrap();
    run_in_page("scrollTo({ top: 0, behavior: 'instant' })");
    host
}

fn mount_at(host: Element) -> Mounted {
    mount_in(host, StubWallet::default(), address(), Default::default())
}

fn last_view(iframe: &HtmlIFrameElement) -> Option<bool> {
    run_in_frame(iframe, "views.at(-1)?.visible").as_bool()
}

fn is_near(iframe: &HtmlIFrameElement) -> bool {
    let rect = iframe.get_bounding_client_rect();
    let height = run_in_page("innerHeight").as_f64().unwrap();
    rect.top() < height && rect.bottom() > 0.0
}

#[wasm_bindgen_test]
async fn the_frame_gets_its_visibility() {
    let page = mount_at(far_away());
    let iframe = connected_frame(&page.host).await;
    wait_until("out of view", || last_view(&iframe) == Some(false)).await;
    iframe.scroll_into_view();
    wait_until("in view", || last_view(&iframe) == Some(true)).await;
    run_in_page("scrollTo({ top: 0, behavior: 'instant' })");
    wait_until("out of view again", || last_view(&iframe) == Some(false)).await;
}

#[wasm_bindgen_test]
async fn a_small_visible_part_is_not_in_view() {
    let host = new_host();
    host.scroll_into_view();
    let page = mount_at(host);
    let iframe = connected_frame(&page.host).await;
    wait_until("in view", || last_view(&iframe) == Some(true)).await;
    page.host
        .set_attribute("style", "height: 40px; overflow: hidden")
        .unwrap();
    wait_until("a strip", || last_view(&iframe) == Some(false)).await;
}

#[wasm_bindgen_test]
async fn submit_and_focus_scroll_the_form_into_view() {
    let page = mount_at(far_away());
    let iframe = connected_frame(&page.host).await;
    wait_until("out of view", || last_view(&iframe) == Some(false)).await;
    page.entry.submit(|_| ());
    wait_until("scrolled", || is_near(&iframe)).await;
    run_in_page("scrollTo({ top: 0, behavior: 'instant' })");
    wait_until("out of view", || last_view(&iframe) == Some(false)).await;
    page.entry.focus();
    wait_until("scrolled again", || is_near(&iframe)).await;
    let focused = || {
        document()
            .active_element()
            .is_some_and(|active| active == **iframe)
    };
    wait_until("focused", focused).await;
    wait_until("both said", || received(&iframe) == "submit focus").await;
    sleep(600).await;
    assert_eq!(refused(&page), [""; 0], "all of it was done");
}

#[wasm_bindgen_test]
async fn a_frame_can_ask_to_be_scrolled_into_view() {
    let page = mount_at(far_away());
    let iframe = connected_frame(&page.host).await;
    wait_until("out of view", || last_view(&iframe) == Some(false)).await;
    run_in_frame(&iframe, "send('needs_view', { focus: false })");
    wait_until("scrolled", || is_near(&iframe)).await;
    sleep(250).await;
    let active = document().active_element();
    assert!(
        active.is_none_or(|active| active != **iframe),
        "the focus was not asked for"
    );
    run_in_frame(&iframe, "send('needs_view', { focus: true })");
    wait_until("focused", || {
        document()
            .active_element()
            .is_some_and(|active| active == **iframe)
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_refused_scroll_or_focus_is_logged() {
    let host = new_host();
    let page = mount_at(host);
    let iframe = connected_frame(&page.host).await;
    page.host
        .set_attribute("style", "height: 0; overflow: hidden; visibility: hidden")
        .unwrap();
    wait_until("hidden", || last_view(&iframe) == Some(false)).await;
    run_in_frame(&iframe, "send('needs_view', { focus: true })");
    wait_until("both", || refused(&page).len() == 2).await;
    assert_eq!(refused(&page), ["focus", "scroll"]);
}

fn refused(page: &Mounted) -> Vec<String> {
    let events = page.events.borrow();
    let lines = events.iter().filter_map(|event| match event {
        EntryEvent::Log(log) if log.event == LogEvent::ViewRefused => Some(log.detail.clone()),
        _ => None,
    });
    lines.collect()
}

#[wasm_bindgen_test]
async fn heights_of_a_hidden_frame_are_ignored() {
    let page = mount_at(new_host());
    let iframe = connected_frame(&page.host).await;
    let height = || iframe.style().get_property_value("height").unwrap();
    run_in_frame(&iframe, "send('height', { height: 417 })");
    wait_until("its height", || height() == "417px").await;
    page.host.set_attribute("style", "display: none").unwrap();
    // Browsers give a hidden element no width.
    let events = page.count(|event| matches!(event, EntryEvent::Height(_)));
    run_in_frame(
        &iframe,
        "for (const height of [0, 80, 817, 1468]) send('height', { height })",
    );
    sleep(300).await;
    assert_eq!(height(), "417px");
    assert_eq!(
        page.count(|event| matches!(event, EntryEvent::Height(_))),
        events
    );
    page.host.remove_attribute("style").unwrap();
    run_in_frame(&iframe, "send('height', { height: 430 })");
    wait_until("the next one", || height() == "430px").await;
}
