// Which inputs an element has, and their layout.
/** @typedef {Input | Country} Part */
/** @type {Record<Fillable, string[]>} */
const LAYOUTS = {
  cardNumber: ['number'],
  cardExpiry: ['expiry'],
  cardCvc: ['cvc'],
  card: ['number', 'expiry', 'cvc', 'postal'],
  payment: ['number', 'expiry', 'cvc', 'country', 'postal'],
};
const COUNTRIES = ['US', 'GB', 'CA', 'DE', 'FR', 'ES', 'IT', 'NL', 'PL', 'PT', 'IL', 'JP', 'AU', 'BR', 'IN', 'MX'];

// A select with the interface of Input, for the country in the Payment Element.
class Country {
  /** @param {Hooks} hooks */
  constructor(hooks) {
    this.kind = 'country';
    this.node = document.createElement('select');
    this.node.className = 'InputElement is-country';
    this.node.name = 'country';
    this.node.autocomplete = 'billing country';
    this.node.append(...COUNTRIES.map((code) => new Option(code, code)));
    this.node.addEventListener('change', () => hooks.changed(this));
    /** @type {string | null} */
    this.shownError = null;
    this.empty = true;
    this.autofilled = false;
    /** @type {Verdict} */
    this.verdict = { complete: true, error: null, lacking: null };
    /** @type {HTMLElement | null} */
    this.words = null;
    /** @type {HTMLElement | null} */
    this.error = null;
  }

  get value() { return this.node.value; }

  /** @param {string} value */
  set(value) {
    if (COUNTRIES.includes(value)) this.node.value = value;
    else this.node.selectedIndex = 0;
  }

  /** @param {string} _text */
  fill(_text) {}

  /** @param {Partial<Around>} _around */
  follow(_around) {}

  /** @returns {string | null} */
  insist() { return null; }

  focusEnd() { this.node.focus(); }

  /** @param {string} language */
  name(language) {
    const names = new Intl.DisplayNames([language], { type: 'region' });
    for (const option of this.node.options) option.text = names.of(option.value) || option.value;
  }
}

/**
 * @param {Fillable} type
 * @param {Hooks} hooks
 * @param {() => void} networkChanged
 * @param {() => void} expand
 */
function build(type, hooks, networkChanged, expand) {
  const root = /** @type {HTMLFormElement} */ (document.getElementById('root'));
  root.className = `layout-${type}`;
  /** @type {Part[]} */
  const inputs = LAYOUTS[type].map((kind) => (kind === 'country' ? new Country(hooks) : new Input(kind, hooks)));
  const icon = document.createElement('span');
  icon.className = 'Icon';
  icon.hidden = true;
  const network = new NetworkChoice(networkChanged);
  const tab = document.createElement('button');
  tab.type = 'button';
  tab.className = 'Tab';
  tab.hidden = true;
  tab.addEventListener('click', expand);
  const first = /** @type {Part} */ (inputs[0]);
  if (type === 'payment') root.replaceChildren(tab, ...inputs.map(labelled));
  else root.replaceChildren(icon, network.node, ...inputs.map((input) => input.node));
  if (type === 'payment') first.node.after(network.node);
  return { root, inputs, icon, network, tab };
}

/** @param {Part} input */
function labelled(input) {
  const label = document.createElement('label');
  label.className = `Field is-${input.kind}`;
  const words = document.createElement('span');
  words.className = 'Label';
  const error = document.createElement('span');
  error.className = 'Error';
  error.setAttribute('role', 'alert');
  label.append(words, input.node, error);
  Object.assign(input, { words, error });
  return label;
}

/**
 * Sets labels and placeholders. Labels are visible in the Payment Element, and elsewhere only for screen readers.
 * @param {Fillable} type
 * @param {Part[]} inputs
 * @param {string} locale
 * @param {string | undefined} placeholder
 * @param {string} country
 */
function nameInputs(type, inputs, locale, placeholder, country) {
  const { language, texts } = textsFor(locale);
  document.documentElement.lang = language;
  const postal = country === 'US' || country === '' ? texts.zip : texts.postal;
  /** @type {Record<string, string | undefined>} */
  const short = { number: texts.cardNumber, expiry: texts.expiration, cvc: texts.security, postal, country: texts.country };
  /** @type {Record<string, string | undefined>} */
  const long = { number: texts.number, expiry: texts.expiry, cvc: texts.cvc, postal, country: texts.country };
  /** @type {Record<string, string | undefined>} */
  const samples = { number: type === 'card' ? texts.cardNumber : '1234 1234 1234 1234', expiry: texts.mmyy, cvc: texts.code, postal };
  for (const input of inputs) {
    if (input.words) input.words.textContent = short[input.kind] || '';
    else input.node.setAttribute('aria-label', long[input.kind] || '');
    if (input instanceof Country) input.name(language);
    else input.node.placeholder = (typeof placeholder === 'string' && type !== 'card' ? placeholder : samples[input.kind]) || '';
  }
  return texts;
}
