// A group of elements that belong to one form.
const SPLIT = ['cardNumber', 'cardExpiry', 'cardCvc'];
const TYPES = ['card', ...SPLIT, 'payment'];

let groupsMade = 0;

class Elements {
  constructor(key, options, locale) {
    groupsMade += 1;
    this._number = groupsMade;
    this.key = key;
    this._options = { ...options };
    this._locale = (options && options.locale) || locale || 'auto';
    this._made = new Map();
    if (VERSION === 'endive' && this._options.paymentMethodTypes) {
      throw new IntegrationError('elements(): paymentMethodTypes is no longer supported; use allowedPaymentMethodTypes.');
    }
    if (this._options.mode === 'payment' && !(Number.isInteger(this._options.amount) && this._options.amount >= 0)) {
      throw new IntegrationError('elements(): amount must be a whole number of minor units in payment mode.');
    }
    if (this._options.mode && !['payment', 'setup', 'subscription'].includes(this._options.mode)) {
      throw new IntegrationError(`elements(): mode must be payment, setup or subscription. You specified: ${this._options.mode}.`);
    }
    if (this._options.mode === 'payment' && !/^[a-z]{3}$/.test(this._options.currency || '')) {
      throw new IntegrationError('elements(): currency must be three lower-case letters in payment mode.');
    }
  }

  create(type, options) {
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
    if (type === 'payment' && !this._options.mode && !this._options.clientSecret) {
      throw new IntegrationError('elements(): the payment Element needs a mode or a clientSecret.');
    }
    const element = new Element(type, options || {}, this);
    this._made.set(type, element);
    return element;
  }

  getElement(type) {
    return this._made.get(type) || null;
  }

  update(options) {
    Object.assign(this._options, options);
    if (options && options.locale) this._locale = options.locale;
    for (const element of this._made.values()) {
      if (element._parent) element._port.send({ verb: 'settings', ...this.settings() });
    }
    return this;
  }

  // Resolves to {} or {error}; the fields show what is missing.
  async submit() {
    const payment = this._made.get('payment');
    if (!payment || !payment._parent) throw new IntegrationError('elements.submit(): no payment Element is mounted.');
    const { error } = await this._call('check', { fields: this.fields() });
    this._submitted = !error;
    return error ? { error } : { selectedPaymentMethod: 'card' };
  }

  async fetchUpdates() {
    return {};
  }

  forget(element) {
    this._made.delete(element._type);
  }

  settings() {
    const { appearance, mode, amount, currency } = this._options;
    return { group: this._number, locale: this._locale, appearance: JSON.parse(JSON.stringify(appearance || {})), mode, amount, currency };
  }

  beside(element, step) {
    const next = this._made.get(SPLIT[SPLIT.indexOf(element._type) + step]);
    return SPLIT.includes(element._type) && next && next._parent ? next : null;
  }

  // The names of the frames a call takes its digits from.
  fields() {
    const mounted = [...this._made.values()].filter((element) => element._parent);
    return mounted.sort((a, b) => TYPES.indexOf(a._type) - TYPES.indexOf(b._type)).map((element) => element._frame.name);
  }
}

function checkCardElement(element, call) {
  if (!(element instanceof Element) || !['card', 'cardNumber'].includes(element._type)) {
    throw new IntegrationError(`Invalid value for ${call}: card should be a card or cardNumber Element.`);
  }
}

// Async, so that a field that is gone rejects the call and is never thrown at it.
async function fieldsOf(element) {
  if (!element._parent) {
    throw new IntegrationError(
      'We could not retrieve data from the specified Element. Please make sure the Element you are attempting to use is still mounted.');
  }
  return element._group.fields();
}
