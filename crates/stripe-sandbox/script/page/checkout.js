// Embedded Checkout: a frame of the hooks origin with the complete form. The page gets its height and its completion. It
// must never get an entered value.
const SECRET_OF_SESSION = /^cs_test_[A-Za-z0-9]+_secret_[A-Za-z0-9]+$/;

// The only instance, from the call that creates it until it is destroyed.
/** @type {object | null} */
let embedded = null;

/** @typedef {import('@stripe/stripe-js').StripeEmbeddedCheckoutOptions} CheckoutOptions */
/** @typedef {{ clientSecret: string, key: string, stripeAccount?: string }} CheckoutInit */

/** @param {CheckoutOptions} options */
async function secretOfSession({ clientSecret, fetchClientSecret }) {
  const secret = clientSecret === undefined ? await fetchClientSecret?.() : clientSecret;
  if (typeof secret === 'string' && SECRET_OF_SESSION.test(secret)) return secret;
  throw new IntegrationError(
    `${clientSecret === undefined ? 'fetchClientSecret' : 'clientSecret'} should give the client secret of a checkout ` +
    'session, of the form ${id}_secret_${secret}.');
}

/** @param {any} options */
function checkEmbedded(options) {
  const call = 'stripe.createEmbeddedCheckoutPage()';
  if (!options || typeof options !== 'object') throw new IntegrationError(`${call}: expected an object with clientSecret or fetchClientSecret.`);
  const { clientSecret, fetchClientSecret } = options;
  if ((clientSecret === undefined) === (fetchClientSecret === undefined)) {
    throw new IntegrationError(`${call}: give either clientSecret or fetchClientSecret.`);
  }
  if (clientSecret !== undefined && typeof clientSecret !== 'string') throw new IntegrationError(`${call}: clientSecret should be a string.`);
  for (const name of ['fetchClientSecret', 'onComplete', 'onShippingDetailsChange', 'onLineItemsChange', 'onAnalyticsEvent']) {
    if (options[name] !== undefined && typeof options[name] !== 'function') throw new IntegrationError(`${call}: ${name} should be a function.`);
  }
  if (embedded) throw new IntegrationError('You cannot have multiple Embedded Checkout objects. Destroy the first one before you create another.');
}

class EmbeddedCheckout {
  /**
   * @param {CheckoutInit} init
   * @param {(() => void) | undefined} onComplete
   */
  constructor(init, onComplete) {
    this._init = init;
    this._onComplete = onComplete;
    /** @type {{ frame: HTMLIFrameElement, port: Port } | null} */
    this._place = null;
    this._gone = false;
  }

  /** @param {string | HTMLElement} where */
  mount(where) {
    if (this._gone) throw new IntegrationError('This Embedded Checkout has been destroyed and cannot be mounted again.');
    if (this._place) throw new IntegrationError('This Embedded Checkout is mounted already. Call unmount() before you mount it elsewhere.');
    const parent = typeof where === 'string' ? document.querySelector(where) : where;
    if (!(parent instanceof HTMLElement)) {
      throw new IntegrationError(
        `The selector you specified (${typeof where === 'string' ? where : typeof where}) applies to no DOM elements ` +
        'that are currently on the page. Make sure the element exists on the page before calling mount().');
    }
    const frame = makeFrame('Checkout', HOOKS, '/checkout/embedded', 'Secure checkout');
    frame.name = 'embedded-checkout';
    frame.removeAttribute('role');
    setStyle(frame, {
      border: 'none', margin: '0', padding: '0', width: '1px', 'min-width': '100%', height: '320px',
      overflow: 'hidden', display: 'block', 'user-select': 'none',
    });
    const port = connect(frame, HOOKS, () => this._init, (message) => this._hear(message));
    this._place = { frame, port };
    parent.replaceChildren(frame);
  }

  unmount() {
    if (this._gone) throw new IntegrationError('This Embedded Checkout has been destroyed.');
    this._clear();
  }

  destroy() {
    if (this._gone) throw new IntegrationError('This Embedded Checkout has been destroyed already.');
    this._clear();
    this._gone = true;
    embedded = null;
  }

  _clear() {
    this._place?.port.close();
    this._place?.frame.remove();
    this._place = null;
  }

  /** @param {{ event: string, height?: number, url?: string }} message */
  _hear({ event, height, url }) {
    if (event === 'height' && height !== undefined && Number.isFinite(height)) this._place?.frame.style.setProperty('height', `${Math.ceil(height)}px`, 'important');
    if (event !== 'complete') return;
    if (typeof url === 'string' && /^https?:\/\//.test(url)) window.location.assign(url);
    else if (this._onComplete) this._onComplete();
  }
}

/**
 * A failure before the instance exists allows another one to be created.
 * @param {string} key
 * @param {string | undefined} stripeAccount
 * @param {CheckoutOptions} options
 */
async function createEmbedded(key, stripeAccount, options) {
  checkEmbedded(options);
  const place = {};
  embedded = place;
  try {
    const clientSecret = await secretOfSession(options);
    const checkout = new EmbeddedCheckout({ clientSecret, key, stripeAccount }, options.onComplete);
    embedded = checkout;
    return checkout;
  } catch (error) {
    if (embedded === place) embedded = null;
    throw error;
  }
}

class StripeCheckout extends TokenCalls {
  /**
   * @param {CheckoutOptions} options
   * @returns {Promise<import('@stripe/stripe-js').StripeEmbeddedCheckout>}
   */
  createEmbeddedCheckoutPage(options) {
    return createEmbedded(this._key, this._account, options);
  }

  /**
   * The name of the method before dahlia, which removed it.
   * @param {CheckoutOptions} options
   */
  initEmbeddedCheckout(options) {
    return createEmbedded(this._key, this._account, options);
  }
}
