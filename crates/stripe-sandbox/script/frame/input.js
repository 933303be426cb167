// One input: keeps digits, shows them grouped, leaves the caret where the person put it.
const KINDS = {
  number: {
    name: 'cardnumber', stable: 'cardNumber', autocomplete: 'cc-number', mode: 'numeric',
    clean: (text) => {
      const digits = text.replace(/\D/g, '');
      return digits.slice(0, Math.max(...brandOf(digits).lengths));
    },
    show: groupNumber,
    full: (digits) => digits.length === Math.max(...brandOf(digits).lengths),
  },
  expiry: {
    name: 'exp-date', stable: 'cardExpiry', autocomplete: 'cc-exp', mode: 'numeric',
    clean: expiryDigits, show: groupExpiry, full: (digits) => digits.length === 4,
  },
  cvc: {
    name: 'cvc', stable: 'cardCvc', autocomplete: 'cc-csc', mode: 'numeric',
    clean: (text, brand) => text.replace(/\D/g, '').slice(0, Math.max(...brandNamed(brand).cvc)),
    show: (digits) => digits, full: (digits, brand) => digits.length === Math.max(...brandNamed(brand).cvc),
  },
  postal: {
    name: 'postal', stable: 'postalCode', autocomplete: 'postal-code', mode: 'text',
    clean: (text) => text.slice(0, 12), show: (text) => text, full: () => false,
  },
};

class Input {
  constructor(kind, hooks) {
    this.kind = kind;
    this.value = '';
    this.shownError = null;
    this.brand = 'unknown';
    this._hooks = hooks;
    const rules = KINDS[kind];
    const node = document.createElement('input');
    node.className = `InputElement is-${kind}`;
    node.name = rules.name;
    node.autocomplete = rules.autocomplete;
    node.inputMode = rules.mode;
    node.spellcheck = false;
    node.setAttribute('autocorrect', 'no');
    node.setAttribute('autocapitalize', 'none');
    node.setAttribute('aria-required', 'true');
    node.setAttribute('aria-invalid', 'false');
    node.setAttribute('data-elements-stable-field-name', rules.stable);
    if (kind !== 'postal') node.dir = 'ltr';
    node.addEventListener('keydown', (event) => this._key(event));
    node.addEventListener('beforeinput', (event) => this._before(event));
    node.addEventListener('input', () => this._typed());
    node.addEventListener('blur', () => this._left());
    this.node = node;
  }

  get empty() { return this.value === ''; }

  get verdict() { return CHECKS[this.kind](this.value, this.brand); }

  set(value) {
    this.value = value;
    this.node.value = KINDS[this.kind].show(value);
    this.shownError = null;
  }

  // The brand a security code belongs to; a code too long for it is not cut, only incomplete.
  follow(brand) {
    this.brand = brand;
  }

  insist() {
    this.shownError = this.verdict.error || this.verdict.lacking;
    return this.shownError;
  }

  _key(event) {
    if (event.key === 'Escape') this._hooks.escape();
    if (event.key === 'Backspace' && this.node.value === '') {
      event.preventDefault();
      this._hooks.retreat(this);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      this._hooks.submit();
    }
  }

  // Deleting a separator deletes the digit beyond it: otherwise it would only come back.
  _before(event) {
    const { selectionStart: at, selectionEnd: end, value } = this.node;
    if (at !== end || this.kind === 'postal') return;
    if (event.inputType === 'deleteContentBackward' && /\D/.test(value[at - 1] || '')) {
      let from = at;
      while (from > 0 && /\D/.test(value[from - 1])) from -= 1;
      this.node.setSelectionRange(from, from);
    }
    if (event.inputType === 'deleteContentForward' && /\D/.test(value[at] || '')) {
      let from = at;
      while (from < value.length && /\D/.test(value[from])) from += 1;
      this.node.setSelectionRange(from, from);
    }
  }

  _typed() {
    const rules = KINDS[this.kind];
    const { value: raw, selectionStart: at } = this.node;
    const before = this.value;
    const deleting = raw.replace(/\D/g, '').length < before.length;
    this.value = rules.clean(raw, this.brand);
    let shown = rules.show(this.value);
    if (this.kind !== 'postal') {
      const atEnd = at >= raw.length;
      if (deleting && atEnd) shown = shown.replace(/\D+$/, '');
      this.node.value = shown;
      const caret = atEnd ? shown.length : placeAfter(shown, raw.slice(0, at).replace(/\D/g, '').length);
      this.node.setSelectionRange(caret, caret);
    }
    this.shownError = this.verdict.error;
    this._hooks.changed(this);
    const grown = this.value.length > before.length && this.node.selectionStart >= this.node.value.length;
    if (grown && this.verdict.complete && rules.full(this.value, this.brand)) this._hooks.advance(this);
  }

  _left() {
    if (!this.empty && !this.verdict.complete) this.insist();
    this._hooks.changed(this);
  }
}

// The place in `shown` just after its `count`th digit.
function placeAfter(shown, count) {
  let place = 0;
  for (let seen = 0; place < shown.length && seen < count; place += 1) if (/\d/.test(shown[place])) seen += 1;
  return place;
}
