//! Test cards by brand, by pairs of networks and by kind.
//! Source: Stripe's testing page, <https://docs.stripe.com/testing>.

use super::super::TestCard;
use super::super::build::{card, mastercard, visa};

/// Cards that pass, by brand.
pub const BRANDS: &[TestCard] = &[
    visa("4242424242424242").named(&["visa", "us"]),
    visa("4000056655665556").debit().named(&["visa_debit"]),
    mastercard("5555555555554444").named(&["mastercard"]),
    mastercard("2223003122003222"),
    mastercard("5200828282828210")
        .debit()
        .named(&["mastercard_debit"]),
    mastercard("5105105105105100")
        .prepaid()
        .named(&["mastercard_prepaid"]),
    card("amex", "378282246310005").named(&["amex", "amex_threeDSecureNotSupported"]),
    card("amex", "371449635398431"),
    card("discover", "6011111111111117").named(&["discover"]),
    card("discover", "6011000990139424"),
    card("discover", "6011981111111113").debit(),
    card("diners", "3056930009020004").named(&["diners"]),
    card("diners", "36227206271667"),
    // BCcard and DinaCard, which run on Discover's network; the page does not say from which country it is.
    card("discover", "6555900000604105"),
    card("jcb", "3566002020360505").of("JP").named(&["jcb"]),
    card("unionpay", "6200000000000005")
        .of("CN")
        .named(&["unionpay"]),
    card("unionpay", "6200000000000047").of("CN").debit(),
    card("unionpay", "6205500000000000004").of("CN"),
    // On two networks.
    visa("4000002500001001")
        .of("FR")
        .on(&["cartes_bancaires", "visa"])
        .named(&["visa_cartesBancaires"]),
    mastercard("5555552500001001")
        .of("FR")
        .on(&["cartes_bancaires", "mastercard"])
        .named(&["mastercard_cartesBancaires"]),
    visa("4000050360000001")
        .of("AU")
        .debit()
        .on(&["eftpos_au", "visa"])
        .named(&["visa_debit_eftposAuCoBranded"]),
    mastercard("5555050360000080")
        .of("AU")
        .debit()
        .on(&["eftpos_au", "mastercard"])
        .named(&["mastercard_debit_eftposAuCoBranded"]),
    // For medical costs.
    visa("4000051230000072")
        .debit()
        .named(&["debit_visaFsaProductCode", "debit_visaHsaProductCode"]),
    mastercard("5200828282828897")
        .debit()
        .named(&["mastercard_debit_mastercardFsaProductCode"]),
    // At a reader, with a PIN.
    visa("4001007020000002").of("SG").pin("offline_pin"),
    visa("4000008260000075").of("GB").pin("offline_pin"),
    visa("4001000360000005").of("AU").pin("online_pin"),
    visa("4000002760000008").of("DE").pin("online_pin"),
    // From earlier editions of the page.
    visa("4012888888881881"),
    card("diners", "30569309025904"),
    card("diners", "38520000023237"),
];
