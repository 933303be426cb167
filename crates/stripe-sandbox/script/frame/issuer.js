// The issuer of a card number: its country, which decides the postal code format, and its networks. Only for test numbers.
// Pure functions.
/** @type {[RegExp, string][]} */
const COUNTRIES_OF = [
  [/^400000250/, 'FR'], [/^400000076/, 'BR'], [/^400000124/, 'CA'], [/^400000276/, 'DE'], [/^400000826/, 'GB'],
  [/^555555250/, 'FR'], [/^400000036/, 'AU'], [/^400000356/, 'IN'], [/^400000392/, 'JP'], [/^35/, 'JP'], [/^62/, 'CN'],
];

/**
 * Empty while the number is too short.
 * @param {string} digits
 */
function countryOf(digits) {
  const found = COUNTRIES_OF.find(([starts]) => starts.test(digits));
  if (found) return found[1];
  return digits.length < 9 ? '' : 'US';
}

// The co-branded cards, for which the person may choose the network. Other cards differ in the last digits only.
/** @type {[RegExp, string[]][]} */
const CO_BRANDED = [
  [/^4000002500001/, ['visa', 'cartes_bancaires']], [/^5555552500001/, ['mastercard', 'cartes_bancaires']],
];

/** @param {string} digits @returns {string[]} */
function networksOf(digits) {
  const found = CO_BRANDED.find(([starts]) => starts.test(digits));
  return found ? found[1] : [];
}

/** @type {Record<string, RegExp>} */
const POSTAL = {
  US: /^\d{5}$/,
  CA: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i,
  GB: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i,
};

/**
 * The postal code format of a country, and whether the keyboard is numeric.
 * @param {string} country
 */
function postalRule(country) {
  return { whole: POSTAL[country] || /^.{3,}$/, digits: country === 'US', longest: country === 'US' ? 5 : 10 };
}
