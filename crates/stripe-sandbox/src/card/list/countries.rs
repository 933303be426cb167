//! Test cards by the country of their bank, beside the United States.
//! Source: Stripe's testing page, <https://docs.stripe.com/testing>.

use super::super::TestCard;
use super::super::build::{card, mastercard, visa};

/// Cards that pass, by country.
pub const COUNTRIES: &[TestCard] = &[
    visa("4000000320000021").of("AR").named(&["ar"]),
    visa("4000000760000002").of("BR").named(&["br"]),
    visa("4000001240000000").of("CA").named(&["ca"]),
    visa("4000001520000001").of("CL").named(&["cl"]),
    visa("4000001700000003").of("CO").named(&["co"]),
    visa("4000001880000005").of("CR").named(&["cr"]),
    visa("4000002180000000").of("EC").named(&["ec"]),
    visa("4000004840008001").of("MX").named(&["mx"]),
    visa("4000005910000000").of("PA").named(&["pa"]),
    visa("4000006000000066").of("PY").named(&["py"]),
    visa("4000006040000068").of("PE").named(&["pe"]),
    visa("4000008580000003").of("UY").named(&["uy"]),
    visa("4000007840000001").of("AE").named(&["ae"]),
    visa("4000000400000008").of("AT").named(&["at"]),
    visa("4000000560000004").of("BE").named(&["be"]),
    visa("4000001000000000").of("BG").named(&["bg"]),
    visa("4000001120000005").of("BY").named(&["by"]),
    visa("4000001910000009").of("HR").named(&["hr"]),
    visa("4000001960000008").of("CY").named(&["cy"]),
    visa("4000002030000002").of("CZ").named(&["cz"]),
    visa("4000002080000001").of("DK").named(&["dk"]),
    visa("4000002330000009").of("EE").named(&["ee"]),
    visa("4000002460000001").of("FI").named(&["fi"]),
    visa("4000002500000003").of("FR").named(&["fr"]),
    visa("4000002760000016").of("DE").named(&["de"]),
    visa("4000002920000005").of("GI").named(&["gi"]),
    visa("4000003000000030").of("GR").named(&["gr"]),
    visa("4000003480000005").of("HU").named(&["hu"]),
    visa("4000003720000005").of("IE").named(&["ie"]),
    visa("4000003800000008").of("IT").named(&["it"]),
    visa("4000004280000005").of("LV").named(&["lv"]),
    visa("4000004380000004").of("LI").named(&["li"]),
    visa("4000004400000000").of("LT").named(&["lt"]),
    visa("4000004420000006").of("LU").named(&["lu"]),
    visa("4000004700000007").of("MT").named(&["mt"]),
    visa("4000005280000002").of("NL").named(&["nl"]),
    visa("4000005780000007").of("NO").named(&["no"]),
    visa("4000006160000005").of("PL").named(&["pl"]),
    visa("4000006200000007").of("PT").named(&["pt"]),
    visa("4000006420000001").of("RO").named(&["ro"]),
    visa("4000006820000007").of("SA"),
    visa("4000007050000006").of("SI").named(&["si"]),
    visa("4000007030000001").of("SK").named(&["sk"]),
    visa("4000007240000007").of("ES").named(&["es"]),
    visa("4000007520000008").of("SE").named(&["se"]),
    visa("4000007560000009").of("CH").named(&["ch"]),
    visa("4000008260000000").of("GB").named(&["gb"]),
    visa("4000000360000006").of("AU").named(&["au"]),
    visa("4000001560000002").of("CN").named(&["cn"]),
    visa("4000003440000004").of("HK").named(&["hk"]),
    visa("4000003560000008").of("IN").named(&["in"]),
    visa("4000003920000003").of("JP").named(&["jp"]),
    visa("4000004580000002").of("MY").named(&["my"]),
    visa("4000005540000008").of("NZ").named(&["nz"]),
    visa("4000007020000003").of("SG").named(&["sg"]),
    visa("4000001580000008").of("TW").named(&["tw"]),
    visa("4000007640000003").of("TH").named(&["th_credit"]),
    visa("4000057640000008")
        .of("TH")
        .debit()
        .named(&["th_debit"]),
    visa("4000058260000005")
        .of("GB")
        .debit()
        .named(&["gb_debit"]),
    mastercard("5555558265554449")
        .of("GB")
        .named(&["gb_mastercard"]),
    mastercard("5200007840000022")
        .of("AE")
        .named(&["ae_mastercard"]),
    card("jcb", "3530111333300000").of("JP"),
    // Carnet, for which the API has no brand of its own.
    card("unknown", "5062210000000009").of("MX"),
];
