// One input: stores digits, shows them in groups, and keeps the caret position.
/**
 * @typedef {object} Rules
 * @property {string} name
 * @property {string} stable
 * @property {string} autocomplete
 * @property {string} mode
 * @property {(text: string, around: Around, deleting: boolean) => string} clean
 * @property {(value: string) => string} show
 * @property {(value: string, brand: string) => boolean} full
 */
/** @type {Record<string, Rules>} */
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
    clean: (text, _, deleting) => expiryDigits(text, deleting), show: groupExpiry, full: (digits) => digits.length === 4,
  },
  cvc: {
    name: 'cvc', stable: 'cardCvc', autocomplete: 'cc-csc', mode: 'numeric',
    clean: (text, { brand }) => text.replace(/\D/g, '').slice(0, Math.max(...brandNamed(brand).cvc)),
    show: (digits) => digits, full: (digits, brand) => digits.length === Math.max(...brandNamed(brand).cvc),
  },
  postal: {
    name: 'postal', stable: 'postalCode', autocomplete: 'postal-code', mode: 'text',
    clean: (text, { country }) => {
      const { digits, longest } = postalRule(country);
      return (digits ? text.replace(/\D/g, '') : text.replace(/^\s+/, '')).slice(0, longest);
    },
    show: (text) => text, full: () => false,
  },
};

/**
 * @typedef {object} Hooks
 * @property {(input: Part) => void} changed
 * @property {(input: Part) => void} advance
 * @property {(input: Part) => void} retreat
 * @property {() => void} escape
 * @property {() => void} submit
 */

class Input {
  /**
   * @param {string} kind
   * @param {Hooks} hooks
   */
  constructor(kind, hooks) {
    const rules = /** @type {Rules} */ (KINDS[kind]);
    this.kind = kind;
    this.rules = rules;
    this.value = '';
    /** @type {string | null} */
    this.shownError = null;
    /** @type {Around} */
    this.around = { brand: 'unknown', country: '' };
    this.filled = false;
    this._hooks = hooks;
    /** @type {HTMLElement | null} */
    this.words = null;
    /** @type {HTMLElement | null} */
    this.error = null;
    this.node = makeInput(kind, rules);
    this.node.addEventListener('keydown', (event) => this._key(event));
    this.node.addEventListener('beforeinput', (event) => this._before(event));
    this.node.addEventListener('input', () => this._typed());
    this.node.addEventListener('blur', () => this._left());
  }

  get empty() { return this.value === ''; }

  get verdict() {
    return /** @type {(value: string, around: Around) => Verdict} */ (CHECKS[this.kind])(this.value, this.around);
  }

  get autofilled() { return this.filled || this.node.matches(':autofill'); }

  /** @param {string} value */
  set(value) {
    this.value = value;
    this.node.value = this.rules.show(value);
    this.shownError = null;
    this.filled = false;
  }

  /**
   * Accepts a value that the browser autofilled into another frame of this form.
   * @param {string} text
   */
  fill(text) {
    this.set(this.rules.clean(text, this.around, false));
    this.shownError = this.verdict.error;
    this.filled = !this.empty;
  }

  /**
   * Sets the brand and the country of the number. A code that is too long for the brand is not shortened, but invalid.
   * @param {Partial<Around>} around
   */
  follow(around) {
    this.around = { ...this.around, ...around };
    if (this.kind !== 'cvc' || this.empty) return;
    if (this.verdict.error) this.shownError = this.verdict.error;
    else if (this.shownError === 'invalid_cvc') this.shownError = null;
  }

  insist() {
    this.shownError = this.verdict.error || this.verdict.lacking;
    return this.shownError;
  }

  focusEnd() {
    this.node.focus();
    const { length } = this.node.value;
    this.node.setSelectionRange(length, length);
  }

  /** @param {KeyboardEvent} event */
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

  /**
   * When the person deletes a separator, the digit before or after it is deleted; otherwise the separator would reappear.
   * @param {InputEvent} event
   */
  _before(event) {
    const { value } = this.node;
    const at = this.node.selectionStart ?? value.length;
    if (at !== this.node.selectionEnd || this.kind === 'postal') return;
    let to = at;
    if (event.inputType === 'deleteContentBackward') while (to > 0 && /\D/.test(value.charAt(to - 1))) to -= 1;
    if (event.inputType === 'deleteContentForward') while (to < value.length && /\D/.test(value.charAt(to))) to += 1;
    if (to !== at) this.node.setSelectionRange(to, to);
  }

  _typed() {
    const raw = this.node.value;
    const at = this.node.selectionStart ?? raw.length;
    const before = this.value;
    const deleting = raw.replace(/\D/g, '').length < before.length;
    this.value = this.rules.clean(raw, this.around, deleting);
    this.filled = false;
    this._show(raw, at, deleting);
    this.shownError = this.verdict.error;
    this._hooks.changed(this);
    const grown = this.value.length > before.length && this.node.selectionStart === this.node.value.length;
    if (grown && this.verdict.complete && this.rules.full(this.value, this.around.brand)) this._hooks.advance(this);
  }

  /**
   * @param {string} raw
   * @param {number} at
   * @param {boolean} deleting
   */
  _show(raw, at, deleting) {
    let shown = this.rules.show(this.value);
    const atEnd = at >= raw.length;
    if (deleting && atEnd && this.kind !== 'postal') shown = shown.replace(/\D+$/, '');
    if (this.node.value === shown) return;
    this.node.value = shown;
    const counted = this.kind === 'postal' ? at : placeAfter(shown, raw.slice(0, at).replace(/\D/g, '').length);
    const caret = atEnd ? shown.length : counted;
    this.node.setSelectionRange(caret, caret);
  }

  _left() {
    if (!this.empty && !this.verdict.complete) this.insist();
    this._hooks.changed(this);
  }
}

/**
 * @param {string} kind
 * @param {Rules} rules
 */
function makeInput(kind, rules) {
  const node = document.createElement('input');
  node.className = `InputElement is-${kind} is-empty`;
  node.name = rules.name;
  node.autocomplete = /** @type {AutoFill} */ (rules.autocomplete);
  node.inputMode = rules.mode;
  node.spellcheck = false;
  node.setAttribute('autocorrect', 'no');
  node.setAttribute('autocapitalize', 'none');
  node.setAttribute('aria-required', 'true');
  node.setAttribute('aria-invalid', 'false');
  node.setAttribute('data-elements-stable-field-name', rules.stable);
  if (kind !== 'postal') node.dir = 'ltr';
  return node;
}

/**
 * The position in `shown` directly after its `count`th digit.
 * @param {string} shown
 * @param {number} count
 */
function placeAfter(shown, count) {
  let place = 0;
  for (let seen = 0; place < shown.length && seen < count; place += 1) if (/\d/.test(shown.charAt(place))) seen += 1;
  return place;
}
