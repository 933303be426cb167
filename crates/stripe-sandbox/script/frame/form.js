// The form inside a field's frame: its inputs, its options, and how the value of one input changes another.
class Form {
  /**
   * @param {FieldInit} init
   * @param {Hooks} hooks
   * @param {() => void} networkChanged
   * @param {() => void} expand
   */
  constructor(init, hooks, networkChanged, expand) {
    this.type = init.type;
    /** @type {FrameOptions} */
    this.options = {};
    /** @type {Settings} */
    this.settings = init;
    /** @type {Record<string, string>} */
    this.texts = {};
    this.collapsed = false;
    const { root, inputs, icon, network, tab } = build(init.type, hooks, networkChanged, expand);
    this.root = root;
    this.inputs = inputs;
    this.icon = icon;
    this.network = network;
    this.tab = tab;
  }

  /** @param {string} kind */
  input(kind) { return this.inputs.find((input) => input.kind === kind); }

  get first() { return /** @type {Part} */ (this.inputs[0]); }

  get shown() { return this.inputs.filter((input) => !(input.node.closest('.Field') || input.node).hasAttribute('hidden')); }

  get digits() { return this.input('number')?.value || ''; }

  get brand() { return brandOf(this.digits).brand; }

  get country() { return this.type === 'payment' ? this.input('country')?.value || 'US' : countryOf(this.digits); }

  /**
   * Applies the default values of the Payment Element.
   * @param {FrameOptions} options
   */
  start(options) {
    const address = options.defaultValues?.billingDetails?.address || {};
    if (address.country) this.input('country')?.set(String(address.country));
    if (address.postal_code) this.input('postal')?.set(String(address.postal_code));
  }

  /**
   * @param {FrameOptions} options
   * @param {Settings} settings
   */
  apply(options, settings) {
    const value = options.value?.postalCode;
    if (value !== undefined && value !== this.options.value?.postalCode) this.input('postal')?.set(String(value));
    this.options = options;
    this.settings = settings;
    document.documentElement.dir = settings.direction === 'rtl' ? 'rtl' : 'ltr';
    applyStyle(options.style);
    if (this.type === 'payment') applyAppearance(settings.appearance);
    for (const input of this.inputs) input.node.disabled = Boolean(options.disabled || options.readOnly);
    this.network.node.disabled = Boolean(options.disabled || options.readOnly);
    this.icon.hidden = !(this.type === 'card' ? !options.hideIcon : this.type === 'cardNumber' && options.showIcon);
    this.follow();
  }

  // Updates what depends on the number: the length of the security code, the postal code format, and the networks.
  follow() {
    const { brand, country } = this;
    const around = this.input('number') ? { brand, country } : { country };
    this.inputs.forEach((input) => input.follow(around));
    this.hide('country', this.isAsked('country'));
    this.hide('postal', this.isAsked('postal'));
    this.texts = nameInputs(this.type, this.inputs, this.settings.locale, this.options.placeholder, country);
    this.tab.textContent = this.texts.card || '';
    this.network.label(this.texts.network || '');
  }

  /** @param {string} kind */
  isAsked(kind) {
    if (this.type === 'card') return !this.options.hidePostalCode;
    const details = this.options.fields?.billingDetails;
    const address = details === 'never' ? 'never' : details?.address;
    const option = typeof address === 'object' ? address[kind === 'postal' ? 'postalCode' : kind] : address;
    if (option === 'never') return false;
    return kind === 'country' || this.settings.everyPostal || ['US', 'CA', 'GB'].includes(this.country);
  }

  /**
   * @param {string} kind
   * @param {boolean} shown
   */
  hide(kind, shown) {
    const node = this.input(kind)?.node;
    const whole = node && (node.closest('.Field') || node);
    if (whole) whole.toggleAttribute('hidden', !shown);
  }

  /** @returns {Digits} */
  values() {
    /** @type {Record<string, string>} */
    const values = {};
    for (const { kind, value } of this.shown) {
      if (kind === 'expiry') Object.assign(values, { exp_month: value.slice(0, 2), exp_year: value.slice(2) });
      else values[kind] = value.trim();
    }
    if (this.network.value) values.network = this.network.value;
    return values;
  }

  /**
   * @param {Common} common
   * @returns {Payload}
   */
  payload(common) {
    switch (this.type) {
      case 'card': return cardPayload(common, this.brand, this.input('postal')?.value || '');
      case 'cardNumber': return numberPayload(common, this.brand);
      case 'payment': return paymentPayload(common, this.collapsed);
      default: return smallPayload(common);
    }
  }

  paint() {
    for (const input of this.inputs) {
      const { classList } = input.node;
      classList.toggle('is-complete', input.verdict.complete && !input.empty);
      classList.toggle('is-empty', input.empty);
      classList.toggle('is-invalid', Boolean(input.shownError));
      input.node.setAttribute('aria-invalid', String(Boolean(input.shownError)));
      if (input.error) input.error.textContent = input.shownError ? this.texts[input.shownError] || '' : '';
    }
    this.root.classList.toggle('is-invalid', this.inputs.some((input) => input.shownError));
    this.root.classList.toggle('is-empty', this.inputs.every((input) => input.empty));
    this.root.classList.toggle('is-complete', this.shown.every((input) => input.verdict.complete));
    const brand = this.network.value || this.brand;
    if (!this.icon.hidden) drawIcon(this.icon, brand, this.options.iconStyle);
  }
}
