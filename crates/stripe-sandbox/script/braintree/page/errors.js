// The errors, with the codes, types and messages of Braintree's own script.
const VERSION = '%VERSION%';

class BraintreeError extends Error {
  constructor({ type, code, message, details }) {
    super(message);
    this.name = 'BraintreeError';
    this.code = code;
    this.type = type;
    this.details = details;
  }
}
BraintreeError.types = { CUSTOMER: 'CUSTOMER', MERCHANT: 'MERCHANT', NETWORK: 'NETWORK', INTERNAL: 'INTERNAL', UNKNOWN: 'UNKNOWN' };

const CODES = {
  INSTANTIATION_OPTION_REQUIRED: ['MERCHANT'],
  INSTANTIATION_OPTION_INVALID: ['MERCHANT'],
  INCOMPATIBLE_VERSIONS: ['MERCHANT'],
  METHOD_CALLED_AFTER_TEARDOWN: ['MERCHANT'],
  CLIENT_SCRIPT_FAILED_TO_LOAD: ['NETWORK', 'Braintree client script could not be loaded.'],
  CLIENT_OPTION_REQUIRED: ['MERCHANT'],
  CLIENT_OPTION_INVALID: ['MERCHANT'],
  CLIENT_MISSING_GATEWAY_CONFIGURATION: ['INTERNAL', 'Missing gatewayConfiguration.'],
  CLIENT_INVALID_AUTHORIZATION: ['MERCHANT', 'Authorization is invalid. Make sure your client token or tokenization key is valid.'],
  CLIENT_GATEWAY_NETWORK: ['NETWORK', 'Cannot contact the gateway at this time.'],
  CLIENT_REQUEST_TIMEOUT: ['NETWORK', 'Request timed out waiting for a reply.'],
  CLIENT_REQUEST_ERROR: ['NETWORK', 'There was a problem with your request.'],
  CLIENT_GRAPHQL_REQUEST_ERROR: ['NETWORK', 'There was a problem with your request.'],
  CLIENT_RATE_LIMITED: ['MERCHANT', 'You are being rate-limited; please try again in a few minutes.'],
  CLIENT_AUTHORIZATION_INSUFFICIENT: ['MERCHANT', 'The authorization used has insufficient privileges.'],
  CLIENT_AUTHORIZATION_INVALID: ['MERCHANT', 'Either the client token has expired and a new one should be generated or the tokenization key has been deactivated or deleted.'],
  HOSTED_FIELDS_TIMEOUT: ['UNKNOWN', 'Hosted Fields timed out when attempting to set up.'],
  HOSTED_FIELDS_INVALID_FIELD_KEY: ['MERCHANT'],
  HOSTED_FIELDS_INVALID_FIELD_SELECTOR: ['MERCHANT', 'Selector does not reference a valid DOM node.'],
  HOSTED_FIELDS_FIELD_DUPLICATE_IFRAME: ['MERCHANT', 'Element already contains a Braintree iframe.'],
  HOSTED_FIELDS_FIELD_INVALID: ['MERCHANT'],
  HOSTED_FIELDS_FIELD_NOT_PRESENT: ['MERCHANT'],
  HOSTED_FIELDS_FIELD_PROPERTY_INVALID: ['MERCHANT'],
  HOSTED_FIELDS_ATTRIBUTE_NOT_SUPPORTED: ['MERCHANT'],
  HOSTED_FIELDS_ATTRIBUTE_VALUE_NOT_ALLOWED: ['MERCHANT'],
  HOSTED_FIELDS_TOKENIZATION_NETWORK_ERROR: ['NETWORK', 'A tokenization network error occurred.'],
  HOSTED_FIELDS_TOKENIZATION_FAIL_ON_DUPLICATE: ['CUSTOMER', "This credit card already exists in the merchant's vault."],
  HOSTED_FIELDS_TOKENIZATION_CVV_VERIFICATION_FAILED: ['CUSTOMER', 'CVV verification failed during tokenization.'],
  HOSTED_FIELDS_FAILED_TOKENIZATION: ['CUSTOMER', 'The supplied card data failed tokenization.'],
  HOSTED_FIELDS_FIELDS_EMPTY: ['CUSTOMER', 'All fields are empty. Cannot tokenize empty card fields.'],
  HOSTED_FIELDS_FIELDS_INVALID: ['CUSTOMER', 'Some payment input fields are invalid. Cannot tokenize invalid card fields.'],
};

function failure(code, { message, details } = {}) {
  const [type, words] = CODES[code];
  return new BraintreeError({ type, code, message: message || words, details });
}
