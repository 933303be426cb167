// The change events of @stripe/stripe-js that the page gets. Pure functions.
/** @typedef {ChangeOf['card']['error']} ChangeError */
/** @typedef {{ empty: boolean, complete: boolean, error: ChangeError }} Common */

/**
 * @param {Record<string, string>} texts
 * @param {string} code
 */
function errorOf(texts, code) {
  return { type: /** @type {const} */ ('validation_error'), code, message: texts[code] || code };
}

/**
 * @param {Common} common
 * @param {Brand} brand
 * @returns {Payload<'cardNumber'>}
 */
function numberPayload({ empty, complete, error }, brand) {
  return { empty, complete, error, brand };
}

/**
 * @param {Common} common
 * @param {Brand} brand
 * @param {string} postalCode
 * @returns {Payload<'card'>}
 */
function cardPayload({ empty, complete, error }, brand, postalCode) {
  return { empty, complete, error, brand, value: { postalCode } };
}

/**
 * For an expiry date or a security code.
 * @param {Common} common
 * @returns {Payload<'cardExpiry' | 'cardCvc'>}
 */
function smallPayload({ empty, complete, error }) {
  return { empty, complete, error };
}

/**
 * The Payment Element shows its errors itself and reports none.
 * @param {Common} common
 * @param {boolean} collapsed
 * @returns {Payload<'payment'>}
 */
function paymentPayload({ empty, complete }, collapsed) {
  return { empty, complete, collapsed, value: { type: 'card' } };
}

/**
 * @param {Brand} brand
 * @returns {Omit<PaymentEvents['carddetailschange'], 'elementType'>}
 */
function detailsPayload(brand) {
  return { loading: false, details: { brands: brand === 'unknown' ? null : [brand], funding: null } };
}
