//! The countries a card can be billed in, named by the browser.
//!
//! Called by the country field. The names come from `Intl.DisplayNames`, so that no list of names is downloaded in any
//! language.

use wasm_bindgen::prelude::*;

use crate::words::Locale;

/// ISO 3166-1 alpha-2, two letters each, without the uninhabited.
const CODES: &str = "\
    ADAEAFAGAIALAMAOARATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBWBYBZCACDCFCGCHCICKCLCMCNCOCRCUCVCWCYCZDEDJDKDMDODZ\
    ECEEEGERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGTGUGWGYHKHNHRHTHUIDIEILIMINIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKW\
    KYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPRPSPTPWPY\
    QARERORSRURWSASBSCSDSESGSHSISKSLSMSNSOSRSSSTSVSXSYSZTCTDTGTHTJTLTMTNTOTRTTTVTWTZUAUGUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;

    /// <https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Intl/DisplayNames>
    #[wasm_bindgen(catch, constructor, js_namespace = Intl)]
    fn new(locale: &str, options: &JsValue) -> Result<DisplayNames, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<JsValue, JsValue>;
}

/// Codes and names, in the order of the language. A browser without the names gets the codes.
#[must_use]
pub fn list(locale: Locale) -> Vec<(&'static str, String)> {
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"type".into(), &"region".into());
    let names = DisplayNames::new(locale.as_str(), &options).ok();
    let name = |code: &str| names.as_ref()?.of(code).ok()?.as_string();
    let mut list: Vec<(&str, js_sys::JsString)> = (0..CODES.len() / 2)
        .filter_map(|at| CODES.get(2 * at..2 * at + 2))
        .map(|code| (code, name(code).unwrap_or_else(|| code.to_owned()).into()))
        .collect();
    list.sort_by(|(_, a), (_, b)| {
        a.locale_compare(&String::from(b), &js_sys::Array::new(), &options)
            .cmp(&0)
    });
    list.into_iter()
        .map(|(code, name)| (code, name.into()))
        .collect()
}
