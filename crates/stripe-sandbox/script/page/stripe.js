// `window.Stripe`, the only name this script leaves. Its object is built in layers, one file each: a file that adds
// calls declares a class over the one before it and becomes the parent here.
class StripeObject extends StripeCheckout {
  constructor(key, options) {
    super();
    const { stripeAccount, locale, apiVersion } = options;
    this._locale = locale;
    this._key = key;
    this._account = stripeAccount;
    const call = startController(key, { stripeAccount, apiVersion, site: location.origin });
    Object.defineProperty(this, '_call', { value: call });
  }

  elements(options) {
    const group = new Elements(this._key, options, this._locale);
    Object.defineProperty(group, '_call', { value: this._call });
    return group;
  }

  registerAppInfo() {}

  _registerWrapper() {}
}

if (window.Stripe && window.Stripe.version !== undefined) {
  console.warn('It looks like Stripe.js was loaded more than one time. Please only load it once per page.');
} else {
  const Stripe = function Stripe(key, options) {
    checkKey(key);
    return new StripeObject(key, options || {});
  };
  Stripe.version = VERSION;
  Object.defineProperty(window, 'Stripe', { value: Stripe, configurable: true, writable: true, enumerable: true });
}
