//! The children of the element: one form, whatever the page does to its markup.

use super::{attributes, forms, listen, make, set, state, text};
use crate::support::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_page_that_rewrites_itself_has_one_form() {
    let resources = OpenResources::watch();
    let before = resources.count();
    let element = make(&attributes());
    let parent = element.parent_element().unwrap();
    wait_until("mounted", || iframe_of(&element).is_some()).await;
    connected_frame(&element).await;
    wait_until("ready", || state(&element) == "ready").await;
    listen(&element);
    // A morph to the markup of the server: no children, no attributes of the companion.
    set(
        &element,
        "subject.replaceChildren(); subject.removeAttribute('data-state'); subject.removeAttribute('data-card-entry')",
    );
    wait_until("mounted again", || iframe_of(&element).is_some()).await;
    assert_eq!((forms(&element), state(&element).as_str()), (1, "loading"));
    assert!(element.has_attribute("data-card-entry"));
    assert_eq!(
        text("events.map(([, detail]) => detail.event).join()"),
        "frame_removed"
    );
    connected_frame(&element).await;
    wait_until("ready again", || state(&element) == "ready").await;
    // Its own HTML again: the form is now a copy that does not work.
    set(&element, "subject.innerHTML = subject.innerHTML");
    wait_until("one form", || {
        forms(&element) == 1 && state(&element) == "loading"
    })
    .await;
    connected_frame(&element).await;
    wait_until("ready once more", || state(&element) == "ready").await;
    // Only an attribute of the companion.
    element.set_attribute("data-state", "wrong").unwrap();
    wait_until("put right", || state(&element) == "ready").await;
    // A copy beside it, and then the HTML of the page from a cache.
    let copy = element.clone_node_with_deep(true).unwrap();
    parent.append_child(&copy).unwrap();
    wait_until("two elements, a form each", || {
        parent.query_selector_all("iframe").unwrap().length() == 2
    })
    .await;
    parent.remove_child(&copy).unwrap();
    set(&parent, "subject.innerHTML = subject.innerHTML");
    let element = parent.first_element_child().unwrap();
    wait_until("one form", || forms(&element) == 1).await;
    connected_frame(&element).await;
    wait_until("ready from the cache", || state(&element) == "ready").await;
    element.remove();
    assert_eq!(resources.count(), before);
    run_in_page("console.error = consoleError");
}

#[wasm_bindgen_test]
async fn a_form_that_the_page_keeps_removing_is_replaced_by_a_text() {
    let element = make(&attributes());
    listen(&element);
    for _ in 0..4 {
        wait_until("mounted", || iframe_of(&element).is_some()).await;
        iframe_of(&element).unwrap().remove();
        sleep(0).await;
    }
    wait_until("said", || state(&element) == "unusable").await;
    assert_eq!(forms(&element), 0);
    assert_eq!(
        text("events.at(-1)[0] + ' ' + events.at(-1)[1].code"),
        "unusable frame_left"
    );
    // The text stays, whatever the page does.
    set(&element, "subject.replaceChildren()");
    wait_until("the words again", || {
        element.text_content().unwrap().contains("chargé")
    })
    .await;
    set(
        &element,
        "subject.querySelector('[data-action=retry]').click()",
    );
    wait_until("mounted again", || forms(&element) == 1).await;
    run_in_page("console.error = consoleError");
    element.remove();
}
