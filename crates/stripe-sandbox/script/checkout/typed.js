// The inputs of the page. It is Stripe's page, so the card number is entered here and sent to this origin only.
const LACKING = {
  email: 'Enter your email address.',
  wrong_email: 'Enter an email address such as ann@example.org.',
  name: 'Enter the name on the card.',
};
const CARD = {
  number: { id: 'cardNumber', sample: '1234 1234 1234 1234', code: 'incomplete_number' },
  expiry: { id: 'cardExpiry', sample: 'MM / YY', code: 'incomplete_expiry' },
  cvc: { id: 'cardCvc', sample: 'CVC', code: 'incomplete_cvc' },
};

class Typed {
  constructor(submit) {
    this.inputs = Object.keys(CARD).map((kind) => {
      const input = new Input(kind, {
        changed: () => this.changed(),
        advance: () => this.beside(input, 1),
        retreat: () => this.beside(input, -1),
        escape() {},
        submit,
      });
      input.node.id = CARD[kind].id;
      input.node.name = CARD[kind].id;
      input.node.placeholder = CARD[kind].sample;
      input.node.setAttribute('aria-describedby', `error-${kind}`);
      document.querySelector(`[data-input="${kind}"] label`).after(input.node);
      return input;
    });
    for (const name of ['email', 'billingName']) {
      byId(name).addEventListener('input', () => this.mark(name === 'email' ? 'email' : 'name', ''));
    }
    this.changed();
  }

  beside(input, step) {
    const next = this.inputs[this.inputs.indexOf(input) + step];
    if (next) next.node.focus();
    else if (step > 0) byId('billingName').focus();
  }

  changed() {
    const { brand } = brandOf(this.inputs[0].value);
    for (const input of this.inputs) {
      input.follow(brand);
      this.mark(input.kind, input.shownError ? TEXTS.en[input.shownError] : '');
    }
    drawIcon(byId('brand'), brand);
  }

  mark(field, words) {
    const id = CARD[field] ? CARD[field].id : { email: 'email', name: 'billingName' }[field];
    byId(id).setAttribute('aria-invalid', String(Boolean(words)));
    byId(`error-${field}`).textContent = words;
  }

  // Marks the missing or invalid inputs and focuses the first one. Returns the values when all are valid.
  collect() {
    const email = byId('email').value.trim();
    const name = byId('billingName').value.trim();
    const askEmail = !byId('email').hidden;
    let wrong = '';
    if (askEmail && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) wrong = email ? LACKING.wrong_email : LACKING.email;
    this.mark('email', wrong);
    this.inputs.forEach((input) => input.insist());
    this.changed();
    this.mark('name', name ? '' : LACKING.name);
    const first = document.querySelector('#form [aria-invalid="true"]');
    if (first) {
      first.focus();
      return null;
    }
    const [number, expiry, cvc] = this.inputs.map((input) => input.value);
    return { ...(askEmail ? { email } : {}), name, number, exp_month: expiry.slice(0, 2), exp_year: expiry.slice(2), cvc };
  }

  // The input that the error code of a declined card belongs to.
  focusOn(code) {
    const kind = /number/.test(code) ? 'number' : /expir/.test(code) ? 'expiry' : /cvc/.test(code) ? 'cvc' : 'number';
    byId(CARD[kind].id).focus();
  }
}
