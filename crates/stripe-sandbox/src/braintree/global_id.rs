//! Global ids: base64 of a type prefix and the legacy id, as at Braintree.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;

/// `LegacyIdType`: the types of objects that have a legacy id and a global id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegacyIdType {
    Customer,
    PaymentMethod,
    Transaction,
    Verification,
}

impl LegacyIdType {
    const ALL: [Self; 4] = [
        Self::Customer,
        Self::PaymentMethod,
        Self::Transaction,
        Self::Verification,
    ];

    fn prefix(self) -> &'static str {
        match self {
            Self::Customer => "customer_",
            Self::PaymentMethod => "paymentmethod_cc_",
            Self::Transaction => "transaction_",
            Self::Verification => "verification_",
        }
    }

    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "CUSTOMER" => Some(Self::Customer),
            "PAYMENT_METHOD" => Some(Self::PaymentMethod),
            "TRANSACTION" => Some(Self::Transaction),
            "VERIFICATION" => Some(Self::Verification),
            _ => None,
        }
    }

    /// The global id of the object with the legacy id `legacy`.
    #[must_use]
    pub fn global(self, legacy: &str) -> String {
        BASE64.encode(format!("{}{legacy}", self.prefix()))
    }

    /// Decodes a global id into its type and legacy id.
    #[must_use]
    pub fn read(id: &str) -> Option<(Self, String)> {
        let text = String::from_utf8(BASE64.decode(id.trim_end_matches('=')).ok()?).ok()?;
        Self::ALL
            .into_iter()
            .find_map(|id_type| Some((id_type, text.strip_prefix(id_type.prefix())?.to_owned())))
    }

    /// The legacy id, when the global id is of this type.
    #[must_use]
    pub fn legacy(self, id: &str) -> Option<String> {
        Self::read(id)
            .filter(|(id_type, _)| *id_type == self)
            .map(|(_, legacy)| legacy)
    }
}
