// Embedded checkout: a frame with the whole form, from the hooks origin. This page learns how high it is
// and that it is done, and nothing that was typed.
const SECRET_OF_SESSION = /^cs_test_[A-Za-z0-9]+_secret_[A-Za-z0-9]+$/;

// The one there may be, from the call that asks for it until it is destroyed.
let embedded = null;

async function secretOfSession({ clientSecret, fetchClientSecret }) {
  const secret = clientSecret === undefined ? await fetchClientSecret() : clientSecret;
  if (typeof secret === 'string' && SECRET_OF_SESSION.test(secret)) return secret;
  throw new IntegrationError(
    `${clientSecret === undefined ? 'fetchClientSecret' : 'clientSecret'} should give the client secret of a checkout ` +
    'session, of the form ${id}_secret_${secret}.');
}

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
  constructor(init, onComplete) {
    Object.defineProperty(this, '_init', { value: init });
    this._onComplete = onComplete;
    this._parent = this._frame = this._port = null;
    this._gone = false;
  }

  mount(where) {
    if (this._gone) throw new IntegrationError('This Embedded Checkout has been destroyed and cannot be mounted again.');
    if (this._parent) throw new IntegrationError('This Embedded Checkout is mounted already. Call unmount() before you mount it elsewhere.');
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
    this._parent = parent;
    this._frame = frame;
    this._port = connect(frame, HOOKS, () => this._init, (message) => this._hear(message));
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
    if (!this._parent) return;
    this._port.close();
    this._frame.remove();
    this._parent = this._frame = this._port = null;
  }

  _hear({ event, height, url }) {
    if (event === 'height' && Number.isFinite(height)) this._frame.style.setProperty('height', `${Math.ceil(height)}px`, 'important');
    if (event !== 'complete') return;
    if (typeof url === 'string' && /^https?:\/\//.test(url)) window.location.assign(url);
    else if (this._onComplete) this._onComplete();
  }
}

// Any failure before there is an object gives the place back.
async function createEmbedded(key, stripeAccount, options) {
  checkEmbedded(options);
  const place = {};
  embedded = place;
  try {
    const clientSecret = await secretOfSession(options);
    embedded = new EmbeddedCheckout({ clientSecret, key, stripeAccount }, options.onComplete);
    return embedded;
  } catch (error) {
    if (embedded === place) embedded = null;
    throw error;
  }
}

class StripeCheckout extends StripeCalls {
  createEmbeddedCheckoutPage(options) {
    return createEmbedded(this._key, this._account, options);
  }

  initEmbeddedCheckout(options) {
    if (since('dahlia')) {
      throw new IntegrationError('stripe.initEmbeddedCheckout() has been removed. Please use stripe.createEmbeddedCheckoutPage() instead.');
    }
    return this.createEmbeddedCheckoutPage(options);
  }
}
