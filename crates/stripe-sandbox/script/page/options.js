// The options of elements: their names, valid values, and which of them an update may change. `conformance/types/` compares
// the lists with the declarations of @stripe/stripe-js.
/** @typedef {'boolean' | 'string' | 'number' | 'object' | 'array' | 'layout' | string[]} Shape */

const ICONS = ['default', 'solid'];

/** @type {{ [T in Kind]: { [K in keyof Required<OptionsOf[T]>]: Shape } }} */
const OPTIONS = {
  card: {
    classes: 'object', style: 'object', disabled: 'boolean', value: 'object', hidePostalCode: 'boolean', iconStyle: ICONS,
    hideIcon: 'boolean', disableLink: 'boolean', preferredNetwork: 'array',
  },
  cardNumber: {
    classes: 'object', style: 'object', disabled: 'boolean', placeholder: 'string', iconStyle: ICONS, showIcon: 'boolean',
    disableLink: 'boolean', preferredNetwork: 'array',
  },
  cardExpiry: { classes: 'object', style: 'object', disabled: 'boolean', placeholder: 'string' },
  cardCvc: { classes: 'object', style: 'object', disabled: 'boolean', placeholder: 'string' },
  payment: {
    defaultValues: 'object', business: 'object', paymentMethodOrder: 'array', fields: 'object', readOnly: 'boolean', terms: 'object',
    wallets: 'object', walletOptions: 'object', layout: 'layout', applePay: 'object',
  },
  expressCheckout: {
    allowedShippingCountries: 'array', applePay: 'object', billingAddressRequired: 'boolean', business: 'object',
    buttonHeight: 'number', buttonTheme: 'object', buttonType: 'object', emailRequired: 'boolean', layout: 'object',
    lineItems: 'array', paymentMethodOrder: 'array', paymentMethods: 'object', phoneNumberRequired: 'boolean',
    shippingAddressRequired: 'boolean', shippingRates: 'array', wallets: 'object',
  },
  linkAuthentication: { defaultValues: 'object' },
};

// The options that cannot be updated.
/** @type {{ [T in Kind]: { [K in Exclude<keyof OptionsOf[T], keyof UpdatesOf[T]>]: true } & { [K in keyof UpdatesOf[T]]?: never } }} */
const FIXED = {
  card: { disableLink: true, preferredNetwork: true },
  cardNumber: { disableLink: true, preferredNetwork: true },
  cardExpiry: {},
  cardCvc: {},
  payment: { wallets: true },
  expressCheckout: {
    applePay: true, business: true, buttonTheme: true, buttonType: true, lineItems: true, paymentMethods: true, shippingRates: true,
    wallets: true,
  },
  linkAuthentication: { defaultValues: true },
};

const VARIANTS = ['base', 'complete', 'empty', 'invalid'];
const STYLES = [
  'backgroundColor', 'color', 'fontFamily', 'fontSize', 'fontSmoothing', 'fontStyle', 'fontVariant', 'fontWeight', 'iconColor',
  'lineHeight', 'letterSpacing', 'textAlign', 'padding', 'textDecoration', 'textShadow', 'textTransform', ':hover', ':focus',
  '::placeholder', '::selection', ':-webkit-autofill', ':disabled', '::-ms-clear',
];

/**
 * @param {unknown} value
 * @param {Shape} shape
 */
function fits(value, shape) {
  if (Array.isArray(shape)) return shape.includes(String(value));
  if (shape === 'array') return Array.isArray(value);
  if (shape === 'layout') return typeof value === 'string' || (typeof value === 'object' && value !== null);
  return typeof value === shape && value !== null && !Array.isArray(value);
}

/**
 * Throws for an invalid value, warns of an unknown option, and returns the valid options.
 * @param {Kind} type
 * @param {unknown} given
 * @param {'create' | 'update'} call
 * @returns {Record<string, any>}
 */
function readOptions(type, given, call) {
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object') throw new IntegrationError(`${call}() options should be an object. You specified: ${typeof given}.`);
  /** @type {Record<string, Shape>} */
  const known = OPTIONS[type];
  /** @type {Record<string, any>} */
  const taken = {};
  for (const [name, value] of Object.entries(given)) {
    const shape = known[name];
    if (value === undefined) continue;
    if (shape === undefined) {
      warn(`Unrecognized ${call}() parameter: ${name} is not a recognized parameter of a ${type} Element.`);
    } else if (!fits(value, shape)) {
      const wanted = Array.isArray(shape) ? `one of ${shape.join(', ')}` : `a value of type ${shape}`;
      throw new IntegrationError(`Invalid value for ${call}(): ${name} should be ${wanted}. You specified: ${describe(value)}.`);
    } else {
      taken[name] = value;
    }
  }
  if (taken.value) checkValue(taken.value, call);
  if (taken.style) checkStyle(taken.style);
  return taken;
}

/** @param {unknown} value */
function describe(value) {
  return typeof value === 'string' ? `'${value}'` : value === null ? 'null' : typeof value;
}

/**
 * @param {Record<string, unknown>} value
 * @param {string} call
 */
function checkValue(value, call) {
  for (const name of Object.keys(value)) {
    if (name !== 'postalCode') throw new IntegrationError(`Invalid value for ${call}(): value.${name} cannot be filled in; only postalCode can.`);
  }
}

/** @param {Record<string, any>} style */
function checkStyle(style) {
  for (const [variant, rules] of Object.entries(style)) {
    if (!VARIANTS.includes(variant)) warn(`Unrecognized style: ${variant} is not one of ${VARIANTS.join(', ')}.`);
    for (const name of Object.keys(rules || {})) {
      if (!STYLES.includes(name)) warn(`style.${variant}.${name} is not a supported style; put it on the container of the Element.`);
    }
  }
}
