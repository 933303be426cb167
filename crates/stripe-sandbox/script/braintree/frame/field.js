// A field's frame: gets `init` from its parent once, then uses only the port that came with it. No digit may leave through
// it, except the first ones, which Braintree reports (`binAvailable`).
const fault = document.documentElement.dataset.fault;

window.addEventListener('message', function begin(event) {
  if (event.source !== window.parent || !event.data || event.data.sandbox !== 'braintree' || !event.ports[0]) return;
  window.removeEventListener('message', begin);
  if (fault !== 'never_ready') new Field(event.data, event.ports[0]);
});

class Field {
  constructor(init, port) {
    Object.assign(this, { init, port, key: init.key, strict: false, supported: null, hadBin: false });
    this.form = new Form(init.component, init.key, init.present);
    this.form.onKnown = () => this.report();
    this.form.onAsked = () => this.share();
    this.form.onCollect = () => this.collected();
    applyStyles(init.styles);
    this.input = new Input(init, () => this.context(), () => this.report());
    document.getElementById('root').prepend(this.input.node);
    document.getElementById('root').addEventListener('submit', (event) => event.preventDefault());
    this.input.node.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.say('inputSubmitRequest');
    });
    port.onmessage = ({ data }) => this.told(data);
    port.postMessage({ event: 'ready' });
    this.form.ask();
    this.share();
    this.report();
  }

  get brands() { return this.key === 'number' ? brandsOf(this.input ? this.input.value : '') : this.form.known.brands || BRANDS; }

  context() {
    const { field } = this.init;
    const { brands } = this;
    const sizes = this.init.present.includes('number') ? [...new Set(brands.map((entry) => entry.code.size))] : [field.minlength || 3, 4];
    const longestNumber = brands.length === 1 ? Math.max(...brands[0].lengths) : 19;
    const longest = {
      number: Math.min(field.maxCardLength || 19, longestNumber), cvv: field.maxlength || Math.max(3, ...sizes), postalCode: field.maxlength || 10,
    };
    return {
      brands, sizes: sizes.length > 0 ? sizes : [3, 4], longest: longest[this.key], month: this.form.known.month,
      minlength: field.minlength || 3, maxCardLength: field.maxCardLength, refused: (type) => this.refused(type),
    };
  }

  // First the page's own list of brands; then, if the page requests it, the brands that the merchant supports.
  refused(type) {
    const { supportedCardBrands = {}, rejectUnsupportedCards } = this.init.field;
    const id = { 'master-card': 'mastercard', unionpay: 'union-pay' }[type] || type;
    if (typeof supportedCardBrands[id] === 'boolean') return !supportedCardBrands[id];
    const asked = rejectUnsupportedCards || Object.keys(supportedCardBrands).length > 0;
    if (!asked || !this.supported) return false;
    return !this.supported.some((name) => name.toLowerCase().replace(/\W/g, '') === id.replace(/\W/g, ''));
  }

  state() {
    const { value, focused } = this.input;
    const { isValid, isPotentiallyValid } = VERDICTS[this.key](value, this.context());
    return { isEmpty: value === '', isValid, isPotentiallyValid, isFocused: focused };
  }

  collected() {
    this.strict = true;
    this.paint(this.state());
    const { value } = this.input;
    return { ...this.state(), value: this.key === 'expirationDate' ? FORMATS.expirationDate.show(value) : value };
  }

  // Reports changes to the page, one event for each, in this order.
  report() {
    if (!this.input) return;
    const before = this.last || { isEmpty: true, isValid: false, isPotentiallyValid: true, isFocused: false };
    const now = this.state();
    this.last = now;
    if (before.isFocused && !now.isFocused && !now.isEmpty) this.strict = true;
    this.paint(now);
    const types = this.key === 'number' ? this.brands.map((entry) => entry.type).join() : '';
    const cards = this.key === 'number' ? this.brands.map(shown) : undefined;
    if (before.isFocused !== now.isFocused) this.say(now.isFocused ? 'focus' : 'blur', cards);
    if (before.isEmpty !== now.isEmpty) this.say(now.isEmpty ? 'empty' : 'notEmpty', cards);
    if (this.types !== undefined && this.types !== types) this.say('cardTypeChange', cards);
    if (this.types !== types || this.value !== this.input.value) this.share();
    if (before.isValid !== now.isValid || before.isPotentiallyValid !== now.isPotentiallyValid) this.say('validityChange', cards);
    Object.assign(this, { types, value: this.input.value });
    this.tellBin();
  }

  say(type, cards) {
    this.port.postMessage({ event: 'input', type, state: this.state(), cards });
  }

  share() {
    if (!this.input) return;
    if (this.key === 'number') this.form.tell({ brands: this.brands });
    if (this.key === 'expirationMonth') this.form.tell({ month: this.input.value });
  }

  tellBin() {
    if (this.key !== 'number') return;
    const has = this.input.value.length >= this.init.binLength;
    if (has && !this.hadBin) this.port.postMessage({ event: 'bin', bin: this.input.value.slice(0, this.init.binLength) });
    this.hadBin = has;
  }

  paint({ isValid, isPotentiallyValid, isEmpty }) {
    const { classList } = this.input.node;
    const wrong = !isPotentiallyValid || (this.strict && !isValid && !isEmpty);
    classList.toggle('valid', isValid);
    classList.toggle('invalid', wrong);
    this.input.node.setAttribute('aria-invalid', String(wrong));
  }

  told({ verb, ...message }) {
    const { node } = this.input;
    const verbs = {
      focus: () => node.focus(),
      clear: () => { this.strict = false; this.input.set(''); },
      addClass: () => node.classList.add(...message.name.split(/\s+/).filter(Boolean)),
      removeClass: () => node.classList.remove(...message.name.split(/\s+/).filter(Boolean)),
      setAttribute: () => this.setAttribute(message.attribute, message.value),
      removeAttribute: () => node.removeAttribute(message.attribute),
      setMessage: () => { document.getElementById('message').textContent = message.message; },
      setMonthOptions: () => this.input.fillOptions(node, message.options),
      configure: () => { this.supported = message.supported; this.report(); },
      tokenize: async () => {
        this.port.postMessage({ event: 'tokenized', number: message.number, ...(await tokenize(this.form, message.options, message.bearer)) });
      },
    };
    if (Object.hasOwn(verbs, verb)) verbs[verb]();
  }

  setAttribute(name, value) {
    if (name === 'disabled') this.input.node.disabled = String(value) === 'true';
    else this.input.node.setAttribute(name, String(value));
  }
}
