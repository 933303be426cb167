// The input of a frame: stores the value, shows it in groups or masked, and keeps the caret position.
const KINDS = {
  number: { id: 'credit-card-number', label: 'Credit Card Number', autocomplete: 'cc-number' },
  cvv: { id: 'cvv', label: 'CVV', autocomplete: 'cc-csc' },
  expirationDate: { id: 'expiration', label: 'Expiration Date', autocomplete: 'cc-exp' },
  expirationMonth: { id: 'expiration-month', label: 'Expiration Month', autocomplete: 'cc-exp-month' },
  expirationYear: { id: 'expiration-year', label: 'Expiration Year', autocomplete: 'cc-exp-year' },
  postalCode: { id: 'postal-code', label: 'Postal Code', autocomplete: 'billing postal-code' },
  cardholderName: { id: 'cardholder-name', label: 'Cardholder Name', autocomplete: 'cc-name' },
};

class Input {
  constructor({ key, field, preventAutofill }, context, changed) {
    Object.assign(this, { key, field, context, changed, value: '', focused: false });
    const kind = KINDS[key];
    const select = Boolean(field.select) && ['expirationMonth', 'expirationYear'].includes(key);
    const node = document.createElement(select ? 'select' : 'input');
    node.id = node.name = kind.id;
    node.className = key;
    node.autocomplete = preventAutofill ? 'off' : kind.autocomplete;
    node.setAttribute('data-braintree-name', key);
    node.setAttribute('aria-describedby', 'message');
    node.setAttribute('aria-invalid', 'false');
    if (!select) {
      node.type = field.type || 'text';
      if (!['postalCode', 'cardholderName'].includes(key)) node.inputMode = 'numeric';
      if (field.placeholder !== undefined) node.placeholder = field.placeholder;
      node.addEventListener('input', () => this.typed());
    } else {
      this.fillOptions(node);
      node.addEventListener('change', () => this.set(node.value));
    }
    document.getElementById('label').textContent = field.internalLabel || kind.label;
    document.getElementById('label').htmlFor = kind.id;
    node.addEventListener('focus', () => this.focus(true));
    node.addEventListener('blur', () => this.focus(false));
    this.node = node;
    if (select) this.value = node.value;
    // The page's script must not have card numbers, so it cannot set one.
    if (field.prefill && !['number', 'cvv'].includes(key)) this.set(String(field.prefill));
  }

  get formats() { return this.field.formatInput !== false && this.node.type !== 'month'; }

  set(value) {
    this.value = FORMATS[this.key].clean(value, this.context());
    this.draw();
    this.changed();
  }

  focus(on) {
    this.focused = on;
    if (this.field.maskInput) this.draw();
    this.changed();
  }

  typed() {
    const { value: raw, selectionStart: at } = this.node;
    const before = this.value;
    this.value = FORMATS[this.key].clean(raw, this.context());
    const deleting = this.value.length < before.length;
    const text = this.formats ? FORMATS[this.key].show(this.value, this.context()) : raw.slice(0, this.context().longest);
    if (this.node.type !== 'month' && text !== raw) {
      this.node.value = text;
      const atEnd = at >= raw.length && !deleting;
      const place = atEnd ? text.length : placeAfter(text, digitsOf(raw.slice(0, at)).length);
      this.node.setSelectionRange(place, place);
    }
    this.changed();
  }

  // A number is grouped again when its brand is known. A masked value is visible while the person types.
  draw() {
    if (this.node.localName === 'select') {
      this.node.value = this.value;
      return;
    }
    if (this.node.type === 'month') return;
    const text = this.formats ? FORMATS[this.key].show(this.value, this.context()) : this.value;
    const options = { character: '•', showLastFour: false, ...(typeof this.field.maskInput === 'object' ? this.field.maskInput : {}) };
    this.node.value = this.field.maskInput && !this.focused ? mask(text, options) : text;
  }

  fillOptions(node, names = Array.isArray(this.field.select.options) ? this.field.select.options : []) {
    const now = new Date();
    const chosen = node.value || (this.field.placeholder ? '' : String(this.key === 'expirationMonth' ? now.getMonth() + 1 : now.getFullYear()));
    const values = this.key === 'expirationMonth'
      ? Array.from({ length: 12 }, (_, place) => [String(place + 1), names[place] || String(place + 1)])
      : Array.from({ length: YEARS_AHEAD + 1 }, (_, place) => [String(now.getFullYear() + place), String(now.getFullYear() + place)]);
    node.replaceChildren(...values.map(([value, text]) => new Option(text, value)));
    if (this.field.placeholder) {
      const empty = new Option(this.field.placeholder, '');
      empty.disabled = true;
      node.prepend(empty);
    }
    node.value = chosen;
  }
}
