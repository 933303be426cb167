//! Where the style sheet has rules of its own: on paper, and in a person's forced colours.

use super::support::{Page, js, json};
use wasm_bindgen_test::wasm_bindgen_test;

/// Puts the page's rules for one medium in force for every medium, as if this were it. They go with the page.
fn pretend(page: &Page, medium: &str) {
    js_sys::Reflect::set(&js_sys::global(), &"probed".into(), &page.host).unwrap();
    js(&format!(
        "for (const sheet of document.styleSheets) if (probed.contains(sheet.ownerNode)) for (const rule of sheet.cssRules)
           if (rule instanceof CSSMediaRule && rule.media.mediaText.includes('{medium}')) rule.media.mediaText = 'all'"
    ));
}

#[wasm_bindgen_test]
async fn nothing_typed_is_printed_and_a_sentence_says_so() {
    let page = Page::ready("{ fields: { name: 'show', postal_code: 'show' } }").await;
    page.type_in("#name", "Ann Lee");
    assert_eq!(page.find("#unprinted").offset_height(), 0);
    // As the provider's fields stand there, and as a bank's page would.
    page.find("#number").set_inner_html("<iframe></iframe>");
    assert!(page.find("#number iframe").offset_height() > 0);
    pretend(&page, "print");
    for css in [
        "#number iframe",
        "#number",
        "#name",
        "#postal_code",
        "#save",
        "form",
    ] {
        assert_eq!(page.find(css).offset_height(), 0, "{css}");
    }
    assert!(page.find("#unprinted").offset_height() > 0);
    assert_eq!(
        page.text("#unprinted"),
        "What is typed into the card form is not printed."
    );
}

#[wasm_bindgen_test]
async fn forced_colours_use_the_button_s_own() {
    let page = Page::ready("{}").await;
    pretend(&page, "forced-colors");
    let system = |color: &str| {
        json(&format!(
            "(() => {{ const i = document.body.appendChild(document.createElement('i')); i.style.color = '{color}'; const c = getComputedStyle(i).color; i.remove(); return c; }})()"
        ))
    };
    let of = |css: &str, name: &str| {
        let node = page.find(css);
        js_sys::Reflect::set(&js_sys::global(), &"probed".into(), &node).unwrap();
        json(&format!("getComputedStyle(probed).{name}"))
    };
    assert_eq!(of("#save", "color"), system("ButtonText"));
    assert_eq!(of("#save", "backgroundColor"), system("ButtonFace"));
}
