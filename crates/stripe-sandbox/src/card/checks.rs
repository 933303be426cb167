//! The bank's checks of the security code and the address of a card. Part of [`super::TestCard`].

/// The result of one check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    Pass,
    Fail,
    /// The bank does not check it.
    Unavailable,
}

impl Check {
    /// The value in the API's JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unavailable => "unavailable",
        }
    }
}

/// The results of the three checks. The API returns `null` for a value that was not entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checks {
    pub cvc: Check,
    pub line1: Check,
    pub postal_code: Check,
}

impl Checks {
    pub const PASS: Self = Self {
        cvc: Check::Pass,
        line1: Check::Pass,
        postal_code: Check::Pass,
    };
}

pub(super) const CVC_FAILS: Checks = Checks {
    cvc: Check::Fail,
    ..Checks::PASS
};
pub(super) const LINE1_FAILS: Checks = Checks {
    line1: Check::Fail,
    ..Checks::PASS
};
pub(super) const POSTAL_FAILS: Checks = Checks {
    postal_code: Check::Fail,
    ..Checks::PASS
};
pub(super) const ADDRESS_FAILS: Checks = Checks {
    line1: Check::Fail,
    ..POSTAL_FAILS
};
pub(super) const ADDRESS_UNAVAILABLE: Checks = Checks {
    line1: Check::Unavailable,
    postal_code: Check::Unavailable,
    ..Checks::PASS
};
