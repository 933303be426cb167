//! What the page sets of the form, on its way to the frame.
//!
//! Made by the page, kept by [`crate::entry`], sent with `init` and `update`. Read here with the frame's own parser, so
//! that a wrong setting is named at once where the page's engineer looks; sent whole, since a frame newer than this
//! module may know more. It must never send on what looks like a card number.

use card_entry_protocol::appearance::Theme;
use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::message::Log;
use card_entry_protocol::query::read_locale;
use card_entry_protocol::settings::{ParsedSettings, Settings, redact};
use card_entry_protocol::tree::{ToTree, Tree};
use wasm_bindgen::JsValue;

use crate::guard::value::{SETTINGS, read};
use crate::js;

/// Settings in the form they are sent in, and what was read of them.
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
    /// Takes a page's object; null and undefined set nothing. Anything but a small plain object is unreadable, which
    /// [`Self::error`] says.
    #[must_use]
    pub fn read(value: &JsValue) -> Self {
        if value.is_null() || value.is_undefined() {
            return Self::default();
        }
        // A flag is no object: the frame says of it what is said here.
        Self::from_tree(read(value, SETTINGS).unwrap_or(Tree::Flag(false)))
    }

    fn from_tree(mut tree: Tree) -> Self {
        let mut parsed = ParsedSettings::parse(&tree);
        parsed.retain_colors(js::is_color);
        redact(&mut tree);
        Self { tree, parsed }
    }

    /// These settings after those that stood: a consent, or lists of cards, that cannot be read take nothing away.
    #[must_use]
    pub fn after(mut self, stood: &Self) -> Self {
        let read = self.parsed.unreadable;
        self.parsed = self
            .parsed
            .keep_previous(&mut stood.parsed.settings.clone());
        let left = self.parsed.unreadable;
        if read.all {
            self.tree = stood.tree.clone();
        } else if let Tree::Map(entries) = &mut self.tree {
            for (name, value) in entries {
                if (name == "consent" && read.consent != left.consent)
                    || (name == "accept" && read.accept != left.accept)
                {
                    *value = stood.tree.get(name).clone();
                }
            }
        }
        self
    }

    /// Why no form can be shown with them, if so.
    #[must_use]
    pub fn error(&self) -> Option<FrameErrorCode> {
        self.parsed.error()
    }

    /// What was ignored of them, for the log.
    #[must_use]
    pub fn faults(&self) -> Vec<Log> {
        self.parsed.ignored.iter().map(Log::from).collect()
    }

    /// The locale they set; none for `auto`.
    #[must_use]
    pub fn locale(&self) -> Option<String> {
        read_locale(self.parsed.settings.locale.as_deref())
    }

    /// The theme they set; none for `auto`.
    #[must_use]
    pub fn theme(&self) -> Option<Theme> {
        let theme = self.parsed.settings.appearance.theme;
        (theme != Theme::Auto).then_some(theme)
    }

    /// The value that is sent: with what the page is like in the place of every `auto`. What is wrong is left as it is,
    /// for the frame to say so.
    #[must_use]
    pub fn resolved(&self, locale: Option<&str>, theme: Theme) -> JsValue {
        let mut sent = self.tree.clone();
        if let Some(locale) = locale {
            fill(&mut sent, "locale", locale);
        }
        if let Tree::Map(entries) = &mut sent {
            let at = entries.iter().position(|(name, _)| name == "appearance");
            match at.and_then(|at| entries.get_mut(at)) {
                Some((_, Tree::Map(looks))) => {
                    let mut map = Tree::Map(core::mem::take(looks));
                    fill(&mut map, "theme", theme.as_str());
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

/// Puts a text in the place of an entry that is left to the page.
fn fill(tree: &mut Tree, name: &str, text: &str) {
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
