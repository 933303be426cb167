// The methods of a Stripe object for card elements. Each resolves to exactly one of {thing} and {error}.
/** @typedef {import('@stripe/stripe-js').SetupIntentResult} SetupResult */
/** @typedef {import('@stripe/stripe-js').PaymentIntentResult} PaymentResult */
/** @typedef {import('@stripe/stripe-js').PaymentIntentOrSetupIntentResult} IntentResult */

/**
 * Copies data for the frames, without undefined members.
 * @param {object | null | undefined} value
 * @returns {Record<string, any>}
 */
function plain(value) {
  return value === undefined || value === null ? {} : JSON.parse(JSON.stringify(value));
}

class StripeCalls {
  /**
   * @param {string} key
   * @param {string | undefined} account the connected account it acts for
   * @param {Call} call
   */
  constructor(key, account, call) {
    this._key = key;
    this._account = account;
    this._call = call;
  }

  /**
   * Accepts `{type: 'card', card}`, `{elements}`, `{element}`, or the old `('card', element, data)`.
   * @param {any} given
   * @param {any} [oldCard]
   * @param {any} [oldData]
   * @returns {Promise<import('@stripe/stripe-js').PaymentMethodResult>}
   */
  createPaymentMethod(given, oldCard, oldData) {
    const args = typeof given === 'string' ? { ...oldData, type: given, card: oldCard } : given;
    if (!args || typeof args !== 'object') throw new IntegrationError('createPaymentMethod(): expected an object.');
    if (args.elements || args.element) return this._methodOfGroup(args);
    if (args.type !== 'card') throw notModelled(`createPaymentMethod() of the type '${args.type}'`);
    const { card, type, ...data } = args;
    if (card && card.token) return this._call('createPaymentMethod', { fields: [], token: String(card.token), data: plain(data) });
    checkCardElement(card, 'createPaymentMethod()');
    return fieldsOf(card).then((fields) => this._call('createPaymentMethod', { fields, data: plain(data) }));
  }

  /** @param {{ elements?: unknown, element?: unknown, params?: object, metadata?: object }} args */
  _methodOfGroup({ elements, element, params, metadata }) {
    const data = plain({ ...params, ...(metadata ? { metadata } : {}) });
    if (element instanceof PageElement && element._type !== 'payment') {
      checkCardElement(element, 'createPaymentMethod()');
      return fieldsOf(element).then((fields) => this._call('createPaymentMethod', { fields, data }));
    }
    const group = element instanceof PageElement ? element._group : elements;
    checkGroup(group, 'createPaymentMethod');
    if (group._options.paymentMethodCreation !== 'manual') {
      throw new IntegrationError("createPaymentMethod(): elements must be created with paymentMethodCreation: 'manual'.");
    }
    return fieldsOfGroup(group, 'createPaymentMethod').then((fields) => this._call('createPaymentMethod', { fields, data }));
  }

  /**
   * @param {string} secret
   * @param {any} [data]
   * @param {{ handleActions?: boolean }} [options]
   * @returns {Promise<SetupResult>}
   */
  confirmCardSetup(secret, data, options) {
    const id = checkSecret('confirmCardSetup', secret, 'setup');
    return /** @type {Promise<SetupResult>} */ (this._confirmCard('setup', 'confirmCardSetup', id, secret, data, options));
  }

  /**
   * @param {string} secret
   * @param {any} [data]
   * @param {{ handleActions?: boolean }} [options]
   * @returns {Promise<PaymentResult>}
   */
  confirmCardPayment(secret, data, options) {
    const id = checkSecret('confirmCardPayment', secret, 'payment');
    return /** @type {Promise<PaymentResult>} */ (this._confirmCard('payment', 'confirmCardPayment', id, secret, data, options));
  }

  /**
   * @param {string} secret
   * @returns {Promise<SetupResult>}
   */
  retrieveSetupIntent(secret) {
    const id = checkSecret('retrieveSetupIntent', secret, 'setup');
    return /** @type {Promise<SetupResult>} */ (this._call('retrieve', { kind: 'setup', id, secret }));
  }

  /**
   * @param {string} secret
   * @returns {Promise<PaymentResult>}
   */
  retrievePaymentIntent(secret) {
    const id = checkSecret('retrievePaymentIntent', secret, 'payment');
    return /** @type {Promise<PaymentResult>} */ (this._call('retrieve', { kind: 'payment', id, secret }));
  }

  /**
   * @param {{ clientSecret?: string, hashedValue?: string }} args
   * @returns {Promise<IntentResult>}
   */
  handleNextAction(args) {
    if (args && args.hashedValue) throw notModelled('handleNextAction() with a hashedValue; pass a clientSecret');
    const secret = args && args.clientSecret;
    const kind = kindOf(secret);
    const id = checkSecret('handleNextAction', secret, kind);
    return this._resume(kind, id, String(secret));
  }

  /**
   * @param {string} secret
   * @returns {Promise<PaymentResult>}
   */
  handleCardAction(secret) {
    const id = checkSecret('handleCardAction', secret, 'payment');
    return /** @type {Promise<PaymentResult>} */ (this._resume('payment', id, secret));
  }

  /**
   * @param {IntentKind} kind
   * @param {string} call
   * @param {string} id
   * @param {string} secret
   * @param {any} data
   * @param {{ handleActions?: boolean } | undefined} options
   * @returns {Promise<IntentResult>}
   */
  _confirmCard(kind, call, id, secret, data, options) {
    const { payment_method: method, ...rest } = data || {};
    if (rest.payment_method_options && rest.payment_method_options.card && rest.payment_method_options.card.cvc) {
      throw notModelled(`payment_method_options.card.cvc of ${call}()`);
    }
    /** @type {ConfirmParams} */
    const params = { kind, id, secret, data: plain(rest) };
    /** @type {Promise<string[] | undefined>} */
    let fields = Promise.resolve(undefined);
    if (typeof method === 'string') {
      params.method = method;
    } else if (method) {
      const { card, type, ...about } = method;
      params.method_data = plain(about);
      if (card && card.token) {
        params.token = String(card.token);
      } else {
        checkCardElement(card, `${call}()`);
        fields = fieldsOf(card);
      }
    }
    const confirmed = fields.then((names) => this._call('confirm', { ...params, fields: names }));
    if (options && options.handleActions === false) return confirmed;
    return confirmed.then((result) => this._actUpon(kind, id, secret, result));
  }

  /**
   * @param {IntentKind} kind
   * @param {string} id
   * @param {string} secret
   */
  async _resume(kind, id, secret) {
    return this._actUpon(kind, id, secret, await this._call('retrieve', { kind, id, secret }));
  }

  /**
   * Shows the bank's page when the intent requires it, then retrieves the intent.
   * @param {IntentKind} kind
   * @param {string} id
   * @param {string} secret
   * @param {IntentResult} result
   * @returns {Promise<IntentResult>}
   */
  async _actUpon(kind, id, secret, result) {
    const intent = result.setupIntent || result.paymentIntent;
    if (!intent || intent.status !== 'requires_action' || !intent.next_action) return result;
    /** @type {any} */
    const action = intent.next_action;
    if (action.type === 'redirect_to_url') {
      window.location.assign(action.redirect_to_url.url);
      return new Promise(() => {});
    }
    await showChallenge(action.use_stripe_sdk.stripe_js);
    const after = await this._call('retrieve', { kind, id, secret });
    const { setupIntent, paymentIntent } = after;
    if (setupIntent && setupIntent.status === 'requires_payment_method' && setupIntent.last_setup_error) {
      return { error: { ...setupIntent.last_setup_error, setup_intent: setupIntent } };
    }
    if (paymentIntent && paymentIntent.status === 'requires_payment_method' && paymentIntent.last_payment_error) {
      return { error: { .../** @type {StripeError} */ (paymentIntent.last_payment_error), payment_intent: paymentIntent } };
    }
    return after;
  }
}
