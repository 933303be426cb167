// `window.Stripe`, the only global name of this script. Its class is built in layers, one file each: a file that adds
// methods extends the class of the file before it, and the last class is extended here.
const STRIPE_OPTIONS = ['stripeAccount', 'locale', 'apiVersion', 'betas', 'developerTools'];

class StripeObject extends StripeCheckout {
  /**
   * @param {string} key
   * @param {Record<string, any>} options
   */
  constructor(key, options) {
    const { stripeAccount, locale, apiVersion = API_VERSIONS[VERSION] } = options;
    super(key, stripeAccount, startController(key, { stripeAccount, apiVersion }));
    this._locale = locale;
  }

  /** @param {import('@stripe/stripe-js').StripeElementsOptions} [options] */
  elements(options) {
    return new Elements(this._key, options, this._locale, this._call);
  }

  // Wrapper libraries register their names here. The sandbox ignores them.
  /** @param {import('@stripe/stripe-js').WrapperLibrary} library */
  registerAppInfo(library) {
    if (!library || typeof library.name !== 'string') throw new IntegrationError('registerAppInfo(): expected an object with a name.');
  }

  /** @param {{ name: string, version: string, startTime?: number }} _library */
  _registerWrapper(_library) {}
}

/** @typedef {StripeObject & Record<(typeof NOT_MODELLED)[number], (...given: any[]) => never>} WholeStripe */

/**
 * @param {string} name
 * @param {string} words
 */
function refuse(name, words) {
  const value = () => { throw new IntegrationError(words); };
  Object.defineProperty(StripeObject.prototype, name, { value, configurable: true, writable: true });
}

for (const name of NOT_MODELLED) refuse(name, notModelled(`stripe.${name}()`).message);
for (const [name, { since: train, instead }] of Object.entries(REMOVED)) {
  if (since(train)) refuse(name, `stripe.${name}() is no longer supported from the ${train} train on: ${instead}.`);
  else if (!(name in StripeObject.prototype)) refuse(name, notModelled(`stripe.${name}(): ${instead}`).message);
}
for (const [name, { since: train, before }] of Object.entries(ADDED)) {
  if (!since(train)) refuse(name, `stripe.${name}() came with the ${train} train; here use ${before}.`);
}

/**
 * @param {unknown} given
 * @returns {Record<string, any>}
 */
function readStripeOptions(given) {
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object') throw new IntegrationError(`Stripe() options should be an object. You specified: ${typeof given}.`);
  /** @type {Record<string, any>} */
  const options = { ...given };
  for (const name of Object.keys(options)) {
    if (!STRIPE_OPTIONS.includes(name)) warn(`Unrecognized Stripe() parameter: ${name} is not a recognized parameter.`);
  }
  if (options.apiVersion !== undefined && VERSION !== 3) {
    throw new IntegrationError(`Stripe(): apiVersion cannot be set; the ${VERSION} script always speaks ${API_VERSIONS[VERSION]}.`);
  }
  if (options.stripeAccount !== undefined && !/^acct_/.test(String(options.stripeAccount))) {
    throw new IntegrationError('Stripe(): stripeAccount should be the id of an account, acct_….');
  }
  return options;
}

/**
 * @param {string} key
 * @param {import('@stripe/stripe-js').StripeConstructorOptions} [options]
 * @returns {WholeStripe}
 */
const Stripe = function Stripe(key, options) {
  checkKey(key);
  return /** @type {WholeStripe} */ (new StripeObject(key, readStripeOptions(options)));
};
Stripe.version = VERSION;

if (window.Stripe && 'version' in window.Stripe) {
  console.warn('It looks like Stripe.js was loaded more than one time. Please only load it once per page.');
} else {
  Object.defineProperty(window, 'Stripe', { value: Stripe, configurable: true, writable: true, enumerable: true });
}
