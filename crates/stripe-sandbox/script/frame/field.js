// A field's frame: hears `init` from its parent once, then speaks through that port alone. Digits leave
// it on one way only: over the channel of this origin, to the controller.
const trouble = document.documentElement.dataset.trouble;

window.addEventListener('message', function begin(event) {
  if (event.source !== window.parent || !event.data || event.data.sandbox !== 'init' || !event.ports[0]) return;
  window.removeEventListener('message', begin);
  if (trouble === 'never_ready') return;
  const port = event.ports[0];
  if (trouble !== 'loaderror') new Field(event.data, port);
  // As at Stripe, the small fields have no such event: they are only never ready.
  else if (['card', 'cardNumber', 'payment'].includes(event.data.type)) port.postMessage({ event: 'loaderror' });
});

class Field {
  constructor(init, port) {
    this.type = init.type;
    this.group = init.group;
    this.frame = init.name;
    this.options = {};
    this.settings = {};
    this.port = port;
    this.channel = new BroadcastChannel(init.page);
    const { root, inputs, icon } = build(init.type, {
      changed: (input) => this.changed(input),
      advance: (input) => this.move(input, 1),
      retreat: (input) => this.move(input, -1),
      escape: () => this.say('escape'),
      submit: () => this.say('submit'),
    });
    Object.assign(this, { root, inputs, icon });
    this.apply(init.options, init);
    this.listen();
    if (this.type === 'cardCvc') this.channel.postMessage({ want: 'brand', group: this.group });
    this.say('hello');
    this.say('ready');
  }

  say(event, more) { this.port.postMessage({ event, ...more }); }

  input(kind) { return this.inputs.find((input) => input.kind === kind); }

  get shown() { return this.inputs.filter((input) => !input.node.hidden); }

  get brand() { return this.input('number') ? brandOf(this.input('number').value).brand : undefined; }

  listen() {
    this.port.onmessage = ({ data }) => this.told(data);
    this.channel.onmessage = ({ data }) => {
      if (data.to === this.frame) this.asked(data);
      if (data.group !== this.group) return;
      if (data.brand) this.followBrand(data.brand);
      if (data.want === 'brand' && this.type === 'cardNumber') this.channel.postMessage({ brand: this.brand, group: this.group });
    };
    this.root.addEventListener('focusin', (event) => {
      if (!event.relatedTarget) this.state({ focus: true }, 'focus');
    });
    this.root.addEventListener('focusout', (event) => {
      if (!event.relatedTarget) this.state({ focus: false }, 'blur');
    });
    this.root.addEventListener('submit', (event) => event.preventDefault());
    this.root.addEventListener('mousedown', (event) => {
      if (event.target !== this.root && event.target !== this.icon) return;
      event.preventDefault();
      this.shown[0].node.focus();
    });
    new ResizeObserver(() => {
      const { height } = this.root.getBoundingClientRect();
      if (height > 0) this.say('height', { height });
    }).observe(this.root);
  }

  told(message) {
    const first = this.shown.find((input) => !input.verdict.complete) || this.shown[0];
    if (message.verb === 'focus') first.node.focus();
    if (message.verb === 'blur') document.activeElement.blur();
    if (message.verb === 'update') this.apply({ ...this.options, ...message.options }, this.settings);
    if (message.verb === 'settings') this.apply(this.options, message);
    if (message.verb === 'clear') {
      this.inputs.forEach((input) => input.set(''));
      this.report();
    }
  }

  apply(options, settings) {
    const value = options.value && options.value.postalCode;
    if (value !== undefined && value !== (this.options.value || {}).postalCode && this.input('postal')) this.input('postal').set(String(value));
    Object.assign(this, { options, settings });
    applyStyle(options.style);
    if (this.type === 'payment') applyAppearance(settings.appearance);
    this.texts = name(this.type, this.inputs, settings.locale, options.placeholder);
    for (const input of this.inputs) {
      input.node.disabled = Boolean(options.disabled);
      input.node.hidden = this.type === 'card' && input.kind === 'postal' && Boolean(options.hidePostalCode);
    }
    this.icon.hidden = !(this.type === 'card' ? !options.hideIcon : this.type === 'cardNumber' && options.showIcon);
    this.report();
  }

  // What the controller asks for; every part that is missing is shown, the first is returned.
  asked({ ask, verb }) {
    const code = this.shown.map((input) => input.insist()).find(Boolean);
    this.report();
    const answer = { answer: ask, from: this.frame };
    if (code) answer.error = this.errorOf(code);
    else if (verb === 'collect') answer.values = this.values();
    this.channel.postMessage(answer);
  }

  values() {
    const values = {};
    for (const { kind, value } of this.shown) {
      if (kind === 'expiry') Object.assign(values, { exp_month: value.slice(0, 2), exp_year: value.slice(2) });
      else values[kind] = value;
    }
    return values;
  }

  errorOf(code) {
    return { type: 'validation_error', code, message: this.texts[code] };
  }

  followBrand(brand) {
    this.inputs.forEach((input) => input.follow(brand));
    this.report();
  }

  changed(input) {
    if (input.kind === 'number' && this.brand !== this.lastBrand) {
      this.lastBrand = this.brand;
      this.inputs.forEach((other) => other.follow(this.brand));
      this.channel.postMessage({ brand: this.brand, group: this.group });
    }
    this.report();
  }

  move(input, step) {
    const next = this.shown[this.shown.indexOf(input) + step];
    if (next) next.node.focus();
    else if (step > 0) this.say('advance');
    else this.say('retreat');
  }

  state(state, event) {
    this.say('state', { state });
    if (event) this.say(event);
  }

  // Tells the page what has changed, and only that.
  report() {
    const code = this.shown.map((input) => input.shownError).find(Boolean);
    const typed = this.shown.filter((input) => input.kind !== 'country');
    const payload = {
      empty: typed.every((input) => input.empty),
      complete: !code && this.shown.every((input) => input.verdict.complete),
      error: code ? this.errorOf(code) : undefined,
    };
    if (this.type === 'card' || this.type === 'cardNumber') payload.brand = this.brand;
    if (this.type === 'card') payload.value = { postalCode: this.input('postal').value };
    if (this.type === 'payment') Object.assign(payload, { error: undefined, collapsed: false, value: { type: 'card', payment_method: null } });
    this.paint();
    const seen = JSON.stringify([payload, code]);
    const first = this.seen === undefined;
    if (seen === this.seen) return;
    this.seen = seen;
    this.state({ empty: payload.empty, complete: payload.complete, invalid: Boolean(code), webkitAutofill: this.autofilled() });
    if (!first) this.say('change', { payload });
  }

  autofilled() { return this.inputs.some((input) => input.node.matches(':autofill')); }

  paint() {
    for (const input of this.inputs) {
      const { classList } = input.node;
      classList.toggle('is-complete', input.verdict.complete && !input.empty);
      classList.toggle('is-empty', input.empty);
      classList.toggle('is-invalid', Boolean(input.shownError));
      input.node.setAttribute('aria-invalid', String(Boolean(input.shownError)));
      if (input.error) input.error.textContent = input.shownError ? this.texts[input.shownError] : '';
    }
    if (!this.icon.hidden) drawIcon(this.icon, this.brand, this.options.iconStyle);
  }
}
