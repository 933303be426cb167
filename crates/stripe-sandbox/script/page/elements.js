// The object of `stripe.elements()`: the elements of one form.
const SPLIT = ['cardNumber', 'cardExpiry', 'cardCvc'];
const TYPES = ['card', ...SPLIT, 'payment', 'expressCheckout', 'linkAuthentication'];
// Element types without card details.
const INERT = ['expressCheckout', 'linkAuthentication'];

let groupsMade = 0;

class Elements {
  /**
   * @param {string} key
   * @param {unknown} options
   * @param {unknown} locale
   * @param {Call} call
   */
  constructor(key, options, locale, call) {
    groupsMade += 1;
    this._number = groupsMade;
    this._key = key;
    this._options = readGroup(options);
    const { fonts } = this._options;
    if (Array.isArray(fonts) && fonts.length > 0) warn(notModelled('fonts of elements(); the browser’s own are used').message);
    this._locale = localeFor(this._options.locale || locale);
    this._submitted = false;
    this._turn = 0;
    /** @type {Map<string, PageElement<any>>} */
    this._made = new Map();
    /** @type {(() => void)[]} */
    this._updateEnd = [];
    this._call = call;
  }

  /**
   * @overload
   * @param {'card'} type
   * @param {OptionsOf['card']} [options]
   * @returns {PageElement<'card'>}
   */
  /**
   * @overload
   * @param {'cardNumber'} type
   * @param {OptionsOf['cardNumber']} [options]
   * @returns {PageElement<'cardNumber'>}
   */
  /**
   * @overload
   * @param {'cardExpiry'} type
   * @param {OptionsOf['cardExpiry']} [options]
   * @returns {PageElement<'cardExpiry'>}
   */
  /**
   * @overload
   * @param {'cardCvc'} type
   * @param {OptionsOf['cardCvc']} [options]
   * @returns {PageElement<'cardCvc'>}
   */
  /**
   * @overload
   * @param {'payment'} type
   * @param {OptionsOf['payment']} [options]
   * @returns {PaymentElement}
   */
  /**
   * @overload
   * @param {'expressCheckout'} type
   * @param {OptionsOf['expressCheckout']} [options]
   * @returns {ExpressCheckoutElement}
   */
  /**
   * @overload
   * @param {'linkAuthentication'} type
   * @param {OptionsOf['linkAuthentication']} [options]
   * @returns {LinkAuthenticationElement}
   */
  /**
   * @overload
   * @param {NotModelledElement} type
   * @param {any} [options]
   * @returns {never}
   */
  /**
   * @param {string} type
   * @param {any} [options]
   * @returns {any}
   */
  create(type, options) {
    this._checkCreate(type);
    const element = makeElement(type, options, this);
    this._made.set(type, element);
    return element;
  }

  /** @param {string} type */
  _checkCreate(type) {
    const unknown = ELEMENTS_NOT_MODELLED.some((name) => name === type);
    if (unknown || (type === 'paymentRequestButton' && !since('endive'))) throw notModelled(`elements.create('${type}')`);
    if (type === 'paymentRequestButton') {
      throw new IntegrationError("elements.create('paymentRequestButton') is no longer supported; use the expressCheckout Element instead.");
    }
    if (!TYPES.includes(type)) {
      throw new IntegrationError(`A valid Element name must be provided. Valid Elements are: ${TYPES.join(', ')}. You passed: ${type}.`);
    }
    if (this._made.has(type)) {
      throw new IntegrationError(`Can only create one Element of type ${type} through an Elements object.`);
    }
    if (type === 'card' && SPLIT.some((name) => this._made.has(name))) {
      throw new IntegrationError('Cannot create an Element of type card after an Element of type cardNumber, cardExpiry or cardCvc has already been created.');
    }
    if (SPLIT.includes(type) && this._made.has('card')) {
      throw new IntegrationError(`Cannot create an Element of type ${type} after an Element of type card has already been created.`);
    }
    if (['payment', 'expressCheckout'].includes(type) && !this._options.mode && !this._options.clientSecret) {
      throw new IntegrationError(`In order to create a ${type} Element, you must pass a clientSecret or a mode to elements().`);
    }
  }

  /**
   * @overload
   * @param {'card'} type
   * @returns {PageElement<'card'> | null}
   */
  /**
   * @overload
   * @param {'cardNumber'} type
   * @returns {PageElement<'cardNumber'> | null}
   */
  /**
   * @overload
   * @param {'cardExpiry'} type
   * @returns {PageElement<'cardExpiry'> | null}
   */
  /**
   * @overload
   * @param {'cardCvc'} type
   * @returns {PageElement<'cardCvc'> | null}
   */
  /**
   * @overload
   * @param {'payment'} type
   * @returns {PaymentElement | null}
   */
  /**
   * @overload
   * @param {'expressCheckout'} type
   * @returns {ExpressCheckoutElement | null}
   */
  /**
   * @overload
   * @param {'linkAuthentication'} type
   * @returns {LinkAuthenticationElement | null}
   */
  /**
   * @overload
   * @param {NotModelledElement} type
   * @param {any} [options]
   * @returns {null}
   */
  /**
   * @param {unknown} type
   * @returns {any}
   */
  getElement(type) {
    // The React components pass the type of their element this way.
    const name = type && typeof type === 'function' && '__elementType' in type ? type.__elementType : type;
    return this._made.get(String(name)) || null;
  }

  /**
   * From dahlia on it returns a promise that resolves when the update is applied; before, there was only the event.
   * @param {import('@stripe/stripe-js').StripeElementsUpdateOptions} options
   * @returns {Promise<void>}
   */
  update(options) {
    this._options = readGroup({ ...this._options, ...options });
    if (options && options.locale) this._locale = localeFor(options.locale);
    this._turn += 1;
    const applied = Promise.all([...this._made.values()].map((element) => element._apply(this._turn))).then(() => {
      for (const hear of this._updateEnd) hear();
    });
    return since('dahlia') ? applied : /** @type {any} */ (undefined);
  }

  /**
   * @param {'update-end'} name
   * @param {() => void} hear
   * @returns {void}
   */
  on(name, hear) {
    if (name !== 'update-end') throw new IntegrationError(`${name} is not a valid event for Elements; it has update-end.`);
    this._updateEnd.push(hear);
  }

  /**
   * Validates the fields; each shows its error.
   * @returns {Promise<{ error?: StripeError, selectedPaymentMethod?: undefined } | { selectedPaymentMethod: string, error?: undefined }>}
   */
  async submit() {
    const payment = this._made.get('payment');
    if (!payment || !payment._place) throw new IntegrationError('elements.submit(): no payment Element is mounted.');
    const { error } = await this._call('check', { fields: this._fields() });
    this._submitted = !error;
    return error ? { error } : { selectedPaymentMethod: 'card' };
  }

  /**
   * Retrieves the intent again, if the group has one.
   * @returns {Promise<{ error?: { message: string, status?: string } }>}
   */
  async fetchUpdates() {
    const { clientSecret } = this._options;
    if (!clientSecret) return {};
    const kind = kindOf(clientSecret);
    const { error } = await this._call('retrieve', { kind, id: checkSecret('elements', clientSecret, kind), secret: clientSecret });
    return error ? { error: { message: error.message || 'The intent could not be read.' } } : {};
  }

  /** @param {string} type */
  _forget(type) {
    this._made.delete(type);
  }

  /**
   * @param {Mounted<any>} element
   * @returns {Settings}
   */
  _settings(element) {
    const direction = element._place ? getComputedStyle(element._place.parent).direction : 'ltr';
    const appearance = JSON.parse(JSON.stringify(this._options.appearance || {}));
    return { group: this._number, locale: this._locale, direction, appearance, everyPostal: !since('clover') };
  }

  /**
   * The mounted split element before or after another one.
   * @param {string} type
   * @param {number} step
   */
  _beside(type, step) {
    const next = this._made.get(SPLIT[SPLIT.indexOf(type) + step] || '');
    return SPLIT.includes(type) && next && next._place ? next : null;
  }

  // The names of the frames that hold the card details of a call.
  _fields() {
    const mounted = [...this._made.values()].filter((element) => element._place && !INERT.includes(element._type));
    return mounted.sort((a, b) => TYPES.indexOf(a._type) - TYPES.indexOf(b._type)).flatMap((element) => (element._place ? [element._place.frame.name] : []));
  }
}

/**
 * @param {string} type
 * @param {unknown} options
 * @param {Elements} group
 * @returns {PageElement<any>}
 */
function makeElement(type, options, group) {
  if (type === 'payment') return new PaymentElement('payment', options, group);
  if (type === 'linkAuthentication') return new LinkAuthenticationElement('linkAuthentication', options, group);
  if (type === 'expressCheckout') return new ExpressCheckoutElement('expressCheckout', options, group);
  return new PageElement(/** @type {Fillable} */ (type), options, group);
}
