// Which inputs an element has, and how they stand.
const LAYOUTS = {
  cardNumber: ['number'],
  cardExpiry: ['expiry'],
  cardCvc: ['cvc'],
  card: ['number', 'expiry', 'cvc', 'postal'],
  payment: ['number', 'expiry', 'cvc', 'country', 'postal'],
};
const COUNTRIES = ['US', 'GB', 'CA', 'DE', 'FR', 'ES', 'IT', 'NL', 'PL', 'PT', 'IL', 'JP', 'AU', 'BR', 'IN', 'MX'];

// A select with an Input's face, for the Payment Element's country.
class Country {
  constructor(hooks) {
    this.kind = 'country';
    this.node = document.createElement('select');
    this.node.className = 'InputElement is-country';
    this.node.name = 'country';
    this.node.autocomplete = 'billing country';
    this.node.append(...COUNTRIES.map((code) => new Option(code, code)));
    this.node.addEventListener('change', () => hooks.changed(this));
    this.shownError = null;
    this.empty = true;
    this.verdict = CHECKS.country();
  }

  get value() { return this.node.value; }

  set() { this.node.selectedIndex = 0; }

  follow() {}

  insist() { return null; }

  name(language) {
    const names = new Intl.DisplayNames([language], { type: 'region' });
    for (const option of this.node.options) option.text = names.of(option.value);
  }
}

function build(type, hooks) {
  const root = document.getElementById('root');
  root.className = `layout-${type}`;
  const inputs = LAYOUTS[type].map((kind) => (kind === 'country' ? new Country(hooks) : new Input(kind, hooks)));
  const icon = document.createElement('span');
  icon.className = 'Icon';
  icon.hidden = true;
  if (type !== 'payment') {
    root.replaceChildren(icon, ...inputs.map((input) => input.node));
    return { root, inputs, icon };
  }
  root.replaceChildren(
    ...inputs.map((input) => {
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
    }),
  );
  return { root, inputs, icon };
}

// Words and placeholders: in the Payment Element as visible labels, elsewhere for screen readers.
function name(type, inputs, locale, placeholder) {
  const { language, texts } = textsFor(locale);
  document.documentElement.lang = language;
  const short = { number: texts.cardNumber, expiry: texts.expiration, cvc: texts.security, postal: texts.postal, country: texts.country };
  const samples = { number: type === 'card' ? texts.cardNumber : '1234 1234 1234 1234', expiry: texts.mmyy, cvc: texts.code, postal: texts.postal };
  for (const input of inputs) {
    if (input.words) input.words.textContent = short[input.kind];
    else input.node.setAttribute('aria-label', texts[input.kind]);
    if (input.name) input.name(language);
    else input.node.placeholder = typeof placeholder === 'string' && type !== 'card' ? placeholder : samples[input.kind];
  }
  return texts;
}
