//! The iframe in its page: whether it is in view, brought there, focused, hidden.

use super::support::*;
use card_entry_companion::event::Event;
use card_entry_protocol::message::LogEvent;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlIFrameElement};

/// Far beneath what is in view.
fn far_away() -> Element {
    let place = place();
    place
        .set_attribute("style", "margin-top: 5000px; margin-bottom: 5000px")
        .unwrap();
    here("scrollTo({ top: 0, behavior: 'instant' })");
    place
}

fn mount_at(place: Element) -> Mounted {
    mount_in(place, StubWallet::default(), address(), Default::default())
}

fn last_view(iframe: &HtmlIFrameElement) -> Option<bool> {
    run(iframe, "views.at(-1)?.visible").as_bool()
}

fn is_near(iframe: &HtmlIFrameElement) -> bool {
    let rect = iframe.get_bounding_client_rect();
    let height = here("innerHeight").as_f64().unwrap();
    rect.top() < height && rect.bottom() > 0.0
}

#[wasm_bindgen_test]
async fn the_frame_is_told_when_it_leaves_the_view_and_comes_back() {
    let page = mount_at(far_away());
    let iframe = linked(&page.place).await;
    until("out of view", || last_view(&iframe) == Some(false)).await;
    iframe.scroll_into_view();
    until("in view", || last_view(&iframe) == Some(true)).await;
    here("scrollTo({ top: 0, behavior: 'instant' })");
    until("out of view again", || last_view(&iframe) == Some(false)).await;
}

#[wasm_bindgen_test]
async fn a_strip_of_it_is_not_in_view() {
    let place = place();
    place.scroll_into_view();
    let page = mount_at(place);
    let iframe = linked(&page.place).await;
    until("in view", || last_view(&iframe) == Some(true)).await;
    page.place
        .set_attribute("style", "height: 40px; overflow: hidden")
        .unwrap();
    until("a strip", || last_view(&iframe) == Some(false)).await;
}

#[wasm_bindgen_test]
async fn submit_and_focus_bring_it_into_view() {
    let page = mount_at(far_away());
    let iframe = linked(&page.place).await;
    until("out of view", || last_view(&iframe) == Some(false)).await;
    page.entry.submit(|_| ());
    until("scrolled", || is_near(&iframe)).await;
    here("scrollTo({ top: 0, behavior: 'instant' })");
    until("out of view", || last_view(&iframe) == Some(false)).await;
    page.entry.focus();
    until("scrolled again", || is_near(&iframe)).await;
    let focused = || {
        document()
            .active_element()
            .is_some_and(|active| active == **iframe)
    };
    until("focused", focused).await;
    until("both said", || heard(&iframe) == "submit focus").await;
    sleep(600).await;
    assert_eq!(refused(&page), [""; 0], "all of it was done");
}

#[wasm_bindgen_test]
async fn a_frame_that_asks_is_brought_into_view() {
    let page = mount_at(far_away());
    let iframe = linked(&page.place).await;
    until("out of view", || last_view(&iframe) == Some(false)).await;
    run(&iframe, "say('needs_view', { focus: false })");
    until("scrolled", || is_near(&iframe)).await;
    sleep(250).await;
    let active = document().active_element();
    assert!(
        active.is_none_or(|active| active != **iframe),
        "the focus was not asked for"
    );
    run(&iframe, "say('needs_view', { focus: true })");
    until("focused", || {
        document()
            .active_element()
            .is_some_and(|active| active == **iframe)
    })
    .await;
}

#[wasm_bindgen_test]
async fn what_the_browser_does_not_do_is_said() {
    let place = place();
    let page = mount_at(place);
    let iframe = linked(&page.place).await;
    page.place
        .set_attribute("style", "height: 0; overflow: hidden; visibility: hidden")
        .unwrap();
    until("hidden", || last_view(&iframe) == Some(false)).await;
    run(&iframe, "say('needs_view', { focus: true })");
    until("both", || refused(&page).len() == 2).await;
    assert_eq!(refused(&page), ["focus", "scroll"]);
}

fn refused(page: &Mounted) -> Vec<String> {
    let told = page.told.borrow();
    let lines = told.iter().filter_map(|event| match event {
        Event::Log(log) if log.event == LogEvent::ViewRefused => Some(log.detail.clone()),
        _ => None,
    });
    lines.collect()
}

#[wasm_bindgen_test]
async fn heights_of_a_hidden_box_are_no_heights() {
    let page = mount_at(place());
    let iframe = linked(&page.place).await;
    let height = || iframe.style().get_property_value("height").unwrap();
    run(&iframe, "say('height', { height: 417 })");
    until("its height", || height() == "417px").await;
    page.place.set_attribute("style", "display: none").unwrap();
    // As engines lay out what is hidden: of no width.
    let told = page.count(|event| matches!(event, Event::Height(_)));
    run(
        &iframe,
        "for (const height of [0, 80, 817, 1468]) say('height', { height })",
    );
    sleep(300).await;
    assert_eq!(height(), "417px");
    assert_eq!(page.count(|event| matches!(event, Event::Height(_))), told);
    page.place.remove_attribute("style").unwrap();
    run(&iframe, "say('height', { height: 430 })");
    until("the next one", || height() == "430px").await;
}
