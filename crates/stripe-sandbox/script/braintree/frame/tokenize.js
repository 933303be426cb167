// Tokenizes the fields of a form to a nonce. This is the only code that may send the card number, and only to the gateway.
const BY_CODE = { 81724: 'HOSTED_FIELDS_TOKENIZATION_FAIL_ON_DUPLICATE', 81736: 'HOSTED_FIELDS_TOKENIZATION_CVV_VERIFICATION_FAILED' };
const ADDRESS = [
  'company', 'countryCodeNumeric', 'countryCodeAlpha2', 'countryCodeAlpha3', 'countryName', 'extendedAddress', 'locality', 'region',
  'firstName', 'lastName', 'postalCode', 'streetAddress',
];

async function tokenize(form, options, bearer) {
  const found = await form.collect();
  const wanted = Object.keys(found).filter((key) => !options.fieldsToTokenize || options.fieldsToTokenize.includes(key));
  if (wanted.every((key) => found[key].isEmpty)) return { error: { code: 'HOSTED_FIELDS_FIELDS_EMPTY' } };
  const invalidFieldKeys = form.present.filter((key) => wanted.includes(key) && !found[key].isValid);
  if (invalidFieldKeys.length > 0) return { error: { code: 'HOSTED_FIELDS_FIELDS_INVALID', details: { invalidFieldKeys } } };
  const card = cardOf(Object.fromEntries(wanted.map((key) => [key, found[key].value])), options);
  const insight = options.authenticationInsight && options.authenticationInsight.merchantAccountId;
  const { status, body } = await askGraphQL(bearer, cardDocument(card, options.vault === true, insight), {});
  if (status === 200) {
    const { nonce, details, description, type, binData, authenticationInsight } = adaptCard(body);
    return { payload: { nonce, details, description, type, binData, ...(authenticationInsight && { authenticationInsight }) } };
  }
  const originalError = legacyErrors(body);
  const details = { originalError: { message: originalError.error.message, details: { originalError, httpStatus: status } } };
  if (status === 403) return { error: { code: 'CLIENT_AUTHORIZATION_INSUFFICIENT', details: { httpStatus: status } } };
  if (status !== 422) return { error: { code: 'HOSTED_FIELDS_TOKENIZATION_NETWORK_ERROR', details } };
  return { error: { code: BY_CODE[firstCode(originalError.fieldErrors)] || 'HOSTED_FIELDS_FAILED_TOKENIZATION', details } };
}

function cardOf(values, options) {
  const { number, cvv, cardholderName = options.cardholderName } = values;
  const date = values.expirationDate ? dateParts(values.expirationDate) : { month: values.expirationMonth, year: values.expirationYear };
  const given = options.billingAddress || {};
  const billingAddress = Object.fromEntries(ADDRESS.filter((name) => given[name] !== undefined).map((name) => [name, String(given[name])]));
  if (values.postalCode) billingAddress.postalCode = values.postalCode;
  return {
    number, cvv, cardholderName, expirationMonth: date.month, expirationYear: date.year,
    ...(Object.keys(billingAddress).length > 0 && { billingAddress }),
  };
}

function firstCode(fieldErrors) {
  for (const { code, fieldErrors: inner } of fieldErrors) {
    const found = code || (inner && firstCode(inner));
    if (found) return found;
  }
  return undefined;
}
