//! Test cards by the country of the issuer, except the United States.
//! Source: Stripe's testing page, <https://docs.stripe.com/testing>.

use crate::card::TestCard;
use crate::card::build::{card, mastercard, visa};

/// Cards that pass, by country.
pub const COUNTRIES: &[TestCard] = &[
    visa("4000000320000021").country("AR").names(&["ar"]),
    visa("4000000760000002").country("BR").names(&["br"]),
    visa("4000001240000000").country("CA").names(&["ca"]),
    visa("4000001520000001").country("CL").names(&["cl"]),
    visa("4000001700000003").country("CO").names(&["co"]),
    visa("4000001880000005").country("CR").names(&["cr"]),
    visa("4000002180000000").country("EC").names(&["ec"]),
    visa("4000004840008001").country("MX").names(&["mx"]),
    visa("4000005910000000").country("PA").names(&["pa"]),
    visa("4000006000000066").country("PY").names(&["py"]),
    visa("4000006040000068").country("PE").names(&["pe"]),
    visa("4000008580000003").country("UY").names(&["uy"]),
    visa("4000007840000001").country("AE").names(&["ae"]),
    visa("4000000400000008").country("AT").names(&["at"]),
    visa("4000000560000004").country("BE").names(&["be"]),
    visa("4000001000000000").country("BG").names(&["bg"]),
    visa("4000001120000005").country("BY").names(&["by"]),
    visa("4000001910000009").country("HR").names(&["hr"]),
    visa("4000001960000008").country("CY").names(&["cy"]),
    visa("4000002030000002").country("CZ").names(&["cz"]),
    visa("4000002080000001").country("DK").names(&["dk"]),
    visa("4000002330000009").country("EE").names(&["ee"]),
    visa("4000002460000001").country("FI").names(&["fi"]),
    visa("4000002500000003").country("FR").names(&["fr"]),
    visa("4000002760000016").country("DE").names(&["de"]),
    visa("4000002920000005").country("GI").names(&["gi"]),
    visa("4000003000000030").country("GR").names(&["gr"]),
    visa("4000003480000005").country("HU").names(&["hu"]),
    visa("4000003720000005").country("IE").names(&["ie"]),
    visa("4000003800000008").country("IT").names(&["it"]),
    visa("4000004280000005").country("LV").names(&["lv"]),
    visa("4000004380000004").country("LI").names(&["li"]),
    visa("4000004400000000").country("LT").names(&["lt"]),
    visa("4000004420000006").country("LU").names(&["lu"]),
    visa("4000004700000007").country("MT").names(&["mt"]),
    visa("4000005280000002").country("NL").names(&["nl"]),
    visa("4000005780000007").country("NO").names(&["no"]),
    visa("4000006160000005").country("PL").names(&["pl"]),
    visa("4000006200000007").country("PT").names(&["pt"]),
    visa("4000006420000001").country("RO").names(&["ro"]),
    visa("4000006820000007").country("SA"),
    visa("4000007050000006").country("SI").names(&["si"]),
    visa("4000007030000001").country("SK").names(&["sk"]),
    visa("4000007240000007").country("ES").names(&["es"]),
    visa("4000007520000008").country("SE").names(&["se"]),
    visa("4000007560000009").country("CH").names(&["ch"]),
    visa("4000008260000000").country("GB").names(&["gb"]),
    visa("4000000360000006").country("AU").names(&["au"]),
    visa("4000001560000002").country("CN").names(&["cn"]),
    visa("4000003440000004").country("HK").names(&["hk"]),
    visa("4000003560000008").country("IN").names(&["in"]),
    visa("4000003920000003").country("JP").names(&["jp"]),
    visa("4000004580000002").country("MY").names(&["my"]),
    visa("4000005540000008").country("NZ").names(&["nz"]),
    visa("4000007020000003").country("SG").names(&["sg"]),
    visa("4000001580000008").country("TW").names(&["tw"]),
    visa("4000007640000003").country("TH").names(&["th_credit"]),
    visa("4000057640000008")
        .country("TH")
        .debit()
        .names(&["th_debit"]),
    visa("4000058260000005")
        .country("GB")
        .debit()
        .names(&["gb_debit"]),
    mastercard("5555558265554449")
        .country("GB")
        .names(&["gb_mastercard"]),
    mastercard("5200007840000022")
        .country("AE")
        .names(&["ae_mastercard"]),
    card("jcb", "3530111333300000").country("JP"),
    // Carnet. The API has no brand for it.
    card("unknown", "5062210000000009").country("MX"),
];
