//! The settings of a page for its form, on their way to the frame.
//!
//! Made by the page, held by [`crate::entry`], sent with `init` and `update`. They are parsed here with the frame's own
//! parser, so that a wrong setting is logged at once in the page's console, and they are sent completely, because a
//! newer frame may know more settings. It must never send what looks like a card number.

use card_entry_protocol::appearance::Theme;
use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::message::Log;
use card_entry_protocol::query::read_locale;
use card_entry_protocol::settings::{ParsedSettings, Settings, redact};
use card_entry_protocol::tree::{ToTree, Tree};
use wasm_bindgen::JsValue;

use crate::guard::value::{SETTINGS_LIMITS, read};
use crate::js;

/// Settings in the form in which they are sent, and what was parsed of them.
///
/// ```no_run
/// use card_entry_companion::settings::HostSettings;
/// use card_entry_protocol::settings::Settings;
///
/// let settings = HostSettings::from(&Settings { locale: Some("fr".to_owned()), ..Settings::default() });
/// assert_eq!(settings.locale().as_deref(), Some("fr"));
/// ```
#[derive(Debug, Clone)]
pub struct HostSettings {
    tree: Tree,
    parsed: ParsedSettings,
}

impl Default for HostSettings {
    fn default() -> Self {
        Self::from_tree(Tree::Map(Vec::new()))
    }
}

impl HostSettings {
    /// Reads the object of a page. `null` and `undefined` set nothing. Anything else but a small plain object is an
    /// error, see [`Self::error`].
    #[must_use]
    pub fn read(value: &JsValue) -> Self {
        if value.is_null() || value.is_undefined() {
            return Self::default();
        }
        // A flag is no object, so the frame reports the same error.
        Self::from_tree(read(value, SETTINGS_LIMITS).unwrap_or(Tree::Flag(false)))
    }

    fn from_tree(mut tree: Tree) -> Self {
        let mut parsed = ParsedSettings::parse(&tree);
        parsed.retain_colors(js::is_color);
        redact(&mut tree);
        Self { tree, parsed }
    }

    /// These settings as an update of `previous`. If a consent or the lists of accepted cards cannot be read, those of
    /// `previous` stay.
    #[must_use]
    pub fn after(mut self, previous: &Self) -> Self {
        let read = self.parsed.unreadable;
        self.parsed = self
            .parsed
            .keep_previous(&mut previous.parsed.settings.clone());
        let left = self.parsed.unreadable;
        if read.all {
            self.tree = previous.tree.clone();
        } else if let Tree::Map(entries) = &mut self.tree {
            for (name, value) in entries {
                if (name == "consent" && read.consent != left.consent)
                    || (name == "accept" && read.accept != left.accept)
                {
                    *value = previous.tree.get(name).clone();
                }
            }
        }
        self
    }

    /// Why no form can be shown with these settings; `None` if one can.
    #[must_use]
    pub fn error(&self) -> Option<FrameErrorCode> {
        self.parsed.error()
    }

    /// A log line for each setting that is ignored.
    #[must_use]
    pub fn faults(&self) -> Vec<Log> {
        self.parsed.ignored.iter().map(Log::from).collect()
    }

    /// The locale that is set; `None` for `auto`.
    #[must_use]
    pub fn locale(&self) -> Option<String> {
        read_locale(self.parsed.settings.locale.as_deref())
    }

    /// The theme that is set; `None` for `auto`.
    #[must_use]
    pub fn theme(&self) -> Option<Theme> {
        let theme = self.parsed.settings.appearance.theme;
        (theme != Theme::Auto).then_some(theme)
    }

    /// The value that is sent: every `auto` is replaced with the state of the page. Wrong values stay, for the frame to
    /// report.
    #[must_use]
    pub fn resolved(&self, locale: Option<&str>, theme: Theme) -> JsValue {
        let mut sent = self.tree.clone();
        if let Some(locale) = locale {
            fill_auto(&mut sent, "locale", locale);
        }
        if let Tree::Map(entries) = &mut sent {
            let at = entries.iter().position(|(name, _)| name == "appearance");
            match at.and_then(|at| entries.get_mut(at)) {
                Some((_, Tree::Map(looks))) => {
                    let mut map = Tree::Map(core::mem::take(looks));
                    fill_auto(&mut map, "theme", theme.as_str());
                    if let Tree::Map(filled) = map {
                        *looks = filled;
                    }
                }
                Some((_, null @ Tree::Null)) => {
                    *null = Tree::map(&mut [("theme", Tree::text(theme.as_str()))]);
                }
                Some(_) => {}
                None => {
                    let looks = Tree::map(&mut [("theme", Tree::text(theme.as_str()))]);
                    entries.push(("appearance".to_owned(), looks));
                }
            }
        }
        js::write(&sent)
    }
}

impl From<&Settings> for HostSettings {
    fn from(settings: &Settings) -> Self {
        Self::from_tree(settings.to_tree())
    }
}

/// Sets an entry that is missing, null or `auto`.
fn fill_auto(tree: &mut Tree, name: &str, text: &str) {
    let Tree::Map(entries) = tree else {
        return;
    };
    match entries.iter_mut().find(|(key, _)| key == name) {
        Some((_, value)) if *value == Tree::Null || value.as_text() == Some("auto") => {
            *value = Tree::text(text);
        }
        Some(_) => {}
        None => entries.push((name.to_owned(), Tree::text(text))),
    }
}
