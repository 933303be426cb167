//! The style sheet's rules for print and for forced colours.

use super::support::{Page, js, json};
use wasm_bindgen_test::wasm_bindgen_test;

/// Makes the page's rules for one medium apply to every medium, until the page is removed.
fn emulate(page: &Page, medium: &str) {
    js_sys::Reflect::set(&js_sys::global(), &"probed".into(), &page.host).unwrap();
    js(&format!(
        "for (const sheet of document.styleSheets) if (probed.contains(sheet.ownerNode)) for (const rule of sheet.cssRules)
           if (rule instanceof CSSMediaRule && rule.media.mediaText.includes('{medium}')) rule.media.mediaText = 'all'"
    ));
}

#[wasm_bindgen_test]
async fn nothing_typed_is_printed_and_a_text_is_printed_instead() {
    let page = Page::ready("{ fields: { name: 'show', postal_code: 'show' } }").await;
    page.type_in("#name", "Ann Lee");
    assert_eq!(page.find("#print-note").offset_height(), 0);
    // As the provider's fields or a 3DS page.
    page.find("#number").set_inner_html("<iframe></iframe>");
    assert!(page.find("#number iframe").offset_height() > 0);
    emulate(&page, "print");
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
    assert!(page.find("#print-note").offset_height() > 0);
    assert_eq!(
        page.text("#print-note"),
        "What is typed into the card form is not printed."
    );
}

#[wasm_bindgen_test]
async fn forced_colors_use_the_system_colors_of_buttons() {
    let page = Page::ready("{}").await;
    emulate(&page, "forced-colors");
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
