// What a number tells about its bank: the country, which decides the postal code, and the networks it can run on. Known
// of test numbers only. Pure.
/** @type {[RegExp, string][]} */
const COUNTRIES_OF = [
  [/^400000250/, 'FR'], [/^400000076/, 'BR'], [/^400000124/, 'CA'], [/^400000276/, 'DE'], [/^400000826/, 'GB'],
  [/^400000036/, 'AU'], [/^400000356/, 'IN'], [/^400000392/, 'JP'], [/^35/, 'JP'], [/^62/, 'CN'],
];

/**
 * Nothing while too little is typed to tell.
 * @param {string} digits
 */
function countryOf(digits) {
  const found = COUNTRIES_OF.find(([starts]) => starts.test(digits));
  if (found) return found[1];
  return digits.length < 9 ? '' : 'US';
}

// The card of Cartes Bancaires and Visa. Its neighbours differ in the last digits only.
const CO_BRANDED = /^4000002500001/;

/** @param {string} digits @returns {string[]} */
function networksOf(digits) {
  return CO_BRANDED.test(digits) ? ['visa', 'cartes_bancaires'] : [];
}

/** @type {Record<string, RegExp>} */
const POSTAL = {
  US: /^\d{5}$/,
  CA: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i,
  GB: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i,
};

/**
 * What a postal code may be in a country: its form, and whether its keys are digits only.
 * @param {string} country
 */
function postalRule(country) {
  return { whole: POSTAL[country] || /^.{3,}$/, digits: country === 'US', longest: country === 'US' ? 5 : 10 };
}
