//! Whether enough of the form is in view for a person to know what they press (a defence against clickjacking).
//!
//! The frame and the companion call it, each with the measures of its own browser, so that "in view" means the same in both.
//! It reads no browser: the caller passes lengths in one unit of its choice. It must never count a strip of the form as the
//! form.

/// This share of the form's area in view is enough in every view.
const MIN_SHARE: f64 = 0.5;

/// This share of the view's height is enough for every form: at 400 % zoom, or in a low window, the form is several views
/// high and half of it is never in view. It is less than half, because a page may have bars at its edges.
const MIN_HEIGHT_OF_VIEW: f64 = 0.4;

/// This share of the form's width has to be in view for its height to count.
const MIN_WIDTH_SHARE: f64 = 0.5;

/// How much of the form is in view.
///
/// ```
/// use card_entry_protocol::visibility::Visibility;
///
/// let half = Visibility { share: 0.5, width: 1.0, height: 350.0, view: 1400.0 };
/// assert!(half.is_seen());
/// let strip = Visibility { share: 0.06, width: 1.0, height: 40.0, view: 1400.0 };
/// assert!(!strip.is_seen());
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Visibility {
    /// The share of the form's area that is in view, 0 to 1.
    pub share: f64,
    /// The share of the form's width that is in view, 0 to 1.
    pub width: f64,
    /// The height of the part of the form that is in view.
    pub height: f64,
    /// The height of the view itself; 0 when it is not known.
    pub view: f64,
}

impl Visibility {
    /// Whether half of the form is in view, or the form fills the view.
    #[must_use]
    pub fn is_seen(&self) -> bool {
        let fills = self.view > 0.0
            && self.width >= MIN_WIDTH_SHARE
            && self.height >= MIN_HEIGHT_OF_VIEW * self.view;
        self.share >= MIN_SHARE || fills
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A form 700 high whose top is `above` the upper edge of the view. Form and view have the same width.
    fn scrolled(view: f64, above: f64) -> Visibility {
        let height = (700.0 - above).min(view).max(0.0).min(above + view);
        Visibility {
            share: height.max(0.0) / 700.0,
            width: if height > 0.0 { 1.0 } else { 0.0 },
            height: height.max(0.0),
            view,
        }
    }

    #[test]
    fn a_form_is_seen_when_half_of_it_is_in_view_or_it_fills_the_view() {
        for (view, above, seen, what) in [
            (1400.0, 0.0, true, "whole"),
            (1400.0, 340.0, true, "a little more than half"),
            (
                1400.0,
                360.0,
                false,
                "less than half, in a view with room for it",
            ),
            (1400.0, 700.0, false, "scrolled away"),
            (341.0, 0.0, true, "a low window, at the top"),
            (341.0, 359.0, true, "a low window, at the button"),
            (341.0, 620.0, false, "a low window, scrolled past"),
            (175.0, 500.0, true, "400 % zoom, at the button"),
            (0.0, 0.0, false, "no view"),
        ] {
            assert_eq!(scrolled(view, above).is_seen(), seen, "{what}");
        }
    }

    #[test]
    fn a_strip_of_the_form_is_not_enough() {
        let strip = |width, height| Visibility {
            share: width * height / 700.0,
            width,
            height,
            view: 341.0,
        };
        assert!(!strip(1.0, 40.0).is_seen(), "low");
        assert!(!strip(0.3, 341.0).is_seen(), "narrow");
        let unknown = Visibility {
            view: 0.0,
            ..strip(1.0, 341.0)
        };
        assert!(!unknown.is_seen(), "a view of unknown height");
    }

    proptest! {
        #[test]
        fn more_in_view_is_never_less_seen(share in 0.0..1.0_f64, width in 0.0..1.0_f64, height in 0.0..2000.0_f64, view in 0.0..2000.0_f64) {
            let less = Visibility { share, width, height, view };
            let more = Visibility { share: (share + 0.1).min(1.0), width: (width + 0.1).min(1.0), height: height + 10.0, view };
            prop_assert!(!less.is_seen() || more.is_seen());
        }
    }
}
