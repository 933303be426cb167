//! What a bank says of the code and the address given with a card. Part of [`super::TestCard`].

/// The answer to one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    Pass,
    Fail,
    /// The bank does not say.
    Unavailable,
}

impl Check {
    /// As the API spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unavailable => "unavailable",
        }
    }
}

/// The three answers. Each is given only to who asks: a check of what was not entered is `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checks {
    pub cvc: Check,
    /// The first line of the address.
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

/// The security code is wrong.
pub(super) const CVC_FAILS: Checks = Checks {
    cvc: Check::Fail,
    ..Checks::PASS
};
/// The first line is wrong.
pub(super) const LINE1_FAILS: Checks = Checks {
    line1: Check::Fail,
    ..Checks::PASS
};
/// The postal code is wrong.
pub(super) const POSTAL_FAILS: Checks = Checks {
    postal_code: Check::Fail,
    ..Checks::PASS
};
pub(super) const ADDRESS_FAILS: Checks = Checks {
    line1: Check::Fail,
    ..POSTAL_FAILS
};
/// The bank says nothing of the address.
pub(super) const ADDRESS_UNAVAILABLE: Checks = Checks {
    line1: Check::Unavailable,
    postal_code: Check::Unavailable,
    ..Checks::PASS
};
