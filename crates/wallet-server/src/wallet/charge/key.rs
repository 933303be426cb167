//! The key under which a charge is done once: the caller's idempotency key, or the site's name of the sale. Two owners
//! must never share a key.

use crate::error::ApiError;
use crate::secret::Fingerprint;
use crate::wallet::PaymentRequest;
use wallet_store::charges::Charge;
use wallet_store::owners::Owner;

#[derive(Debug, Clone, Copy)]
pub(super) enum ChargeKey {
    /// An idempotency key. Its first result stays.
    Idempotency(Fingerprint),
    /// The site's name of the sale. It may be tried until it is paid.
    Sale(Fingerprint),
}

impl ChargeKey {
    pub fn of(payment: &PaymentRequest<'_>) -> Result<Self, ApiError> {
        let sale = |sale: &str| Self::Sale(Fingerprint::of(&format!("sale:{sale}")));
        let key = payment
            .key
            .map(Self::Idempotency)
            .or(payment.sale.map(sale));
        key.ok_or_else(|| {
            let sentence = "A charge needs an external_transaction_id or an idempotency-key header, so that it is done once.";
            ApiError::Unprocessable(sentence.to_owned())
        })
    }

    pub fn fingerprint(self) -> Fingerprint {
        match self {
            Self::Idempotency(key) | Self::Sale(key) => key,
        }
    }

    /// The idempotency key of an attempt at the gateway.
    pub fn gateway_key(self, owner: &Owner, attempt: u32) -> String {
        let key = self.fingerprint().to_hex();
        match attempt {
            0 => format!("charge:{}:{key}", owner.id.0),
            more => format!("charge:{}:{key}:{more}", owner.id.0),
        }
    }

    /// The error for a key that was used with another card or amount.
    pub fn conflict(self, earlier: &Charge) -> ApiError {
        match self {
            Self::Idempotency(_) => {
                ApiError::Unprocessable("This key was already used for another request.".to_owned())
            }
            Self::Sale(_) if earlier.payment_id.is_some() => {
                ApiError::Conflict("This sale was paid already.")
            }
            Self::Sale(_) => ApiError::Conflict(
                "This sale is being paid with another card or amount. Please ask for the same once more.",
            ),
        }
    }
}
