// The options of Hosted Fields. Every other option is refused.
const FIELDS = {
  cardholderName: 'Cardholder Name', number: 'Credit Card Number', cvv: 'CVV', expirationDate: 'Expiration Date',
  expirationMonth: 'Expiration Month', expirationYear: 'Expiration Year', postalCode: 'Postal Code',
};
const ATTRIBUTES = { 'aria-invalid': 'boolean', 'aria-required': 'boolean', disabled: 'boolean', placeholder: 'string' };

function checkOptions(options) {
  if (!options.fields || Object.keys(options.fields).length === 0) {
    throw failure('INSTANTIATION_OPTION_REQUIRED', { message: 'options.fields is required when instantiating Hosted Fields.' });
  }
  if (options.binVerificationLength !== undefined && ![6, 8].includes(options.binVerificationLength)) {
    throw failure('INSTANTIATION_OPTION_INVALID', { message: 'options.binVerificationLength must be either 6 or 8.' });
  }
}

// The container of a field. Its options are checked too.
function containerOf(key, field) {
  if (!Object.hasOwn(FIELDS, key)) throw failure('HOSTED_FIELDS_INVALID_FIELD_KEY', { message: `"${key}" is not a valid field.` });
  const asked = field.container || field.selector;
  const container = typeof asked === 'string' ? document.querySelector(asked) : asked;
  const details = { fieldSelector: field.selector, fieldContainer: field.container, fieldKey: key };
  if (!container || container.nodeType !== 1) throw failure('HOSTED_FIELDS_INVALID_FIELD_SELECTOR', { details });
  if (container.querySelector('iframe[name^="braintree-"]')) throw failure('HOSTED_FIELDS_FIELD_DUPLICATE_IFRAME', { details });
  for (const name of ['maxlength', 'minlength']) {
    if (field[name] && typeof field[name] !== 'number') {
      throw failure('HOSTED_FIELDS_FIELD_PROPERTY_INVALID', { message: `The value for ${name} must be a number.`, details: { fieldKey: key } });
    }
  }
  return container;
}

function checkAttribute(attribute, value) {
  const kind = ATTRIBUTES[attribute];
  if (!Object.hasOwn(ATTRIBUTES, attribute)) {
    throw failure('HOSTED_FIELDS_ATTRIBUTE_NOT_SUPPORTED', { message: `The "${attribute}" attribute is not supported in Hosted Fields.` });
  }
  const fits = kind === 'string' ? ['string', 'number'].includes(typeof value) : ['true', 'false'].includes(String(value));
  if (value !== undefined && value !== null && !fits) {
    throw failure('HOSTED_FIELDS_ATTRIBUTE_VALUE_NOT_ALLOWED', { message: `Value "${value}" is not allowed for "${attribute}" attribute.` });
  }
}

// The styles of a CSS class of the page.
function stylesOf(given) {
  const styles = { ...given };
  for (const [selector, value] of Object.entries(styles)) {
    if (typeof value !== 'string') continue;
    const probe = document.createElement('input');
    probe.className = value.replace(/^\./, '');
    probe.style.cssText = 'position: fixed !important; left: -99999px !important; top: -99999px !important;';
    document.body.append(probe);
    const computed = getComputedStyle(probe);
    styles[selector] = Object.fromEntries(STYLES.map((name) => [name, computed.getPropertyValue(name)]).filter(([, found]) => found));
    probe.remove();
  }
  return styles;
}
