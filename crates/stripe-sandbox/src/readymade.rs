//! Stripe's ready-made test ids: `pm_card_visa` and its kind, and the `tok_…` of the same names.
//! Each use makes a new payment method from the number behind the name.

/// Names after `pm_card_` (and `tok_`) with the number they stand for.
const NAMES: &[(&str, &str)] = &[
    ("visa", "4242424242424242"),
    ("visa_debit", "4000056655665556"),
    ("mastercard", "5555555555554444"),
    ("mastercard_debit", "5200828282828210"),
    ("mastercard_prepaid", "5105105105105100"),
    ("amex", "378282246310005"),
    ("discover", "6011111111111117"),
    ("diners", "3056930009020004"),
    ("jcb", "3566002020360505"),
    ("unionpay", "6200000000000005"),
    ("us", "4242424242424242"),
    ("br", "4000000760000002"),
    ("ca", "4000001240000000"),
    ("fr", "4000002500000003"),
    ("de", "4000002760000016"),
    ("gb", "4000008260000000"),
    ("au", "4000000360000006"),
    ("in", "4000003560000008"),
    ("jp", "4000003920000003"),
    ("chargeDeclined", "4000000000000002"),
    ("visa_chargeDeclined", "4000000000000002"),
    ("chargeDeclinedInsufficientFunds", "4000000000009995"),
    ("visa_chargeDeclinedInsufficientFunds", "4000000000009995"),
    ("visa_chargeDeclinedLostCard", "4000000000009987"),
    ("visa_chargeDeclinedStolenCard", "4000000000009979"),
    (
        "visa_chargeDeclinedVelocityLimitExceeded",
        "4000000000006975",
    ),
    ("chargeDeclinedVelocityLimitExceeded", "4000000000006975"),
    ("chargeDeclinedExpiredCard", "4000000000000069"),
    ("chargeDeclinedIncorrectCvc", "4000000000000127"),
    ("chargeDeclinedProcessingError", "4000000000000119"),
    ("chargeCustomerFail", "4000000000000341"),
    ("authenticationRequiredOnSetup", "4000002500003155"),
    ("authenticationRequired", "4000002760003184"),
    (
        "authenticationRequiredSetupForOffSession",
        "4000003800000446",
    ),
    (
        "authenticationRequiredChargeDeclinedInsufficientFunds",
        "4000008260003178",
    ),
    ("threeDSecure2Required", "4000000000003220"),
    ("threeDSecureRequiredChargeDeclined", "4000008400001629"),
    ("threeDSecureRequiredProcessingError", "4000008400001280"),
    ("threeDSecureOptional", "4000000000003055"),
    ("threeDSecureOptionalProcessingError", "4000000000003097"),
    ("amex_threeDSecureNotSupported", "378282246310005"),
];

/// The number behind a ready-made id, if `id` is one.
#[must_use]
pub fn number_behind(id: &str) -> Option<&'static str> {
    let name = id
        .strip_prefix("pm_card_")
        .or_else(|| id.strip_prefix("tok_"))?;
    NAMES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, number)| *number)
}
