//! Test cards by brand, by co-branded networks and by product.
//! Source: Stripe's testing page, <https://docs.stripe.com/testing>.

use crate::card::TestCard;
use crate::card::build::{card, mastercard, visa};

/// Cards that pass, by brand.
pub const BRANDS: &[TestCard] = &[
    visa("4242424242424242").names(&["visa", "us"]),
    visa("4000056655665556").debit().names(&["visa_debit"]),
    mastercard("5555555555554444").names(&["mastercard"]),
    mastercard("2223003122003222"),
    mastercard("5200828282828210")
        .debit()
        .names(&["mastercard_debit"]),
    mastercard("5105105105105100")
        .prepaid()
        .names(&["mastercard_prepaid"]),
    card("amex", "378282246310005").names(&["amex", "amex_threeDSecureNotSupported"]),
    card("amex", "371449635398431"),
    card("discover", "6011111111111117").names(&["discover"]),
    card("discover", "6011000990139424"),
    card("discover", "6011981111111113").debit(),
    card("diners", "3056930009020004").names(&["diners"]),
    card("diners", "36227206271667"),
    // BCcard and DinaCard, on Discover's network. The page does not name its country.
    card("discover", "6555900000604105"),
    card("jcb", "3566002020360505")
        .country("JP")
        .names(&["jcb"]),
    card("unionpay", "6200000000000005")
        .country("CN")
        .names(&["unionpay"]),
    card("unionpay", "6200000000000047").country("CN").debit(),
    card("unionpay", "6205500000000000004").country("CN"),
    // Co-branded.
    visa("4000002500001001")
        .country("FR")
        .networks(&["cartes_bancaires", "visa"])
        .names(&["visa_cartesBancaires"]),
    mastercard("5555552500001001")
        .country("FR")
        .networks(&["cartes_bancaires", "mastercard"])
        .names(&["mastercard_cartesBancaires"]),
    visa("4000050360000001")
        .country("AU")
        .debit()
        .networks(&["eftpos_au", "visa"])
        .names(&["visa_debit_eftposAuCoBranded"]),
    mastercard("5555050360000080")
        .country("AU")
        .debit()
        .networks(&["eftpos_au", "mastercard"])
        .names(&["mastercard_debit_eftposAuCoBranded"]),
    // For medical expenses.
    visa("4000051230000072")
        .debit()
        .names(&["debit_visaFsaProductCode", "debit_visaHsaProductCode"]),
    mastercard("5200828282828897")
        .debit()
        .names(&["mastercard_debit_mastercardFsaProductCode"]),
    // At a reader, with a PIN.
    visa("4001007020000002").country("SG").pin("offline_pin"),
    visa("4000008260000075").country("GB").pin("offline_pin"),
    visa("4001000360000005").country("AU").pin("online_pin"),
    visa("4000002760000008").country("DE").pin("online_pin"),
    // From earlier editions of the page.
    visa("4012888888881881"),
    card("diners", "30569309025904"),
    card("diners", "38520000023237"),
];
