// A field's frame: gets `init` from its parent once, then uses only the port that came with it. The card number must leave
// the frame only through the channel of this origin, to the controller and to the other fields.
/** The delays, in milliseconds, after which the focus is set again. */
const REFOCUS_DELAYS_MS = [30, 120];
const fault = document.documentElement.dataset.fault;

window.addEventListener('message', function begin(event) {
  if (event.source !== window.parent || !event.data || event.data.sandbox !== 'init' || !event.ports[0]) return;
  window.removeEventListener('message', begin);
  if (fault === 'never_ready') return;
  const port = event.ports[0];
  if (fault !== 'loaderror') new Field(event.data, port, channelOf(event));
  // As at Stripe, the split fields have no `loaderror` event: they only never become ready.
  else if (['card', 'cardNumber', 'payment'].includes(event.data.type)) port.postMessage({ event: 'loaderror' });
});

/**
 * The channel between the frames of one page. Its name consists of a random name from the page and of the page's origin,
 * which the browser reports, so that no other page can join it.
 * @param {MessageEvent} event
 */
function channelOf(event) {
  return new BroadcastChannel(`${event.origin} ${event.data.page}`);
}

class Field extends Form {
  /**
   * @param {FieldInit} init
   * @param {MessagePort} port
   * @param {BroadcastChannel} channel
   */
  constructor(init, port, channel) {
    super(init, {
      changed: (input) => this.changed(input),
      advance: (input) => this.move(input, 1),
      retreat: (input) => this.move(input, -1),
      escape: () => this.say({ event: 'escape' }),
      submit: () => this.say({ event: 'submit' }),
    }, () => this.report(), () => this.collapse(false));
    this.group = init.group;
    this.frame = init.name;
    this.port = port;
    this.channel = channel;
    /** @type {string | undefined} */
    this.seen = undefined;
    /** @type {Brand} */
    this.lastBrand = 'unknown';
    if (this.inputs.length === 1) addCompanions(this.root, this.first.kind, (filled) => this.beside({ group: this.group, filled }));
    this.start(init.options);
    if (init.options.layout?.defaultCollapsed) this.collapse(true);
    this.take(init.options, init);
    this.listen();
    if (this.type === 'cardCvc') this.beside({ group: this.group, want: 'brand' });
    this.say({ event: 'hello' });
    this.say({ event: 'ready' });
  }

  /** @param {FromField} message */
  say(message) { this.port.postMessage(message); }

  /** @param {Beside} message */
  beside(message) { this.channel.postMessage(message); }

  listen() {
    this.port.onmessage = ({ data }) => this.told(data);
    this.channel.onmessage = ({ data }) => this.heard(data);
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
      this.shown[0]?.node.focus();
    });
    new ResizeObserver(() => {
      const { height } = this.root.getBoundingClientRect();
      if (height > 0) this.say({ event: 'height', height });
    }).observe(this.root);
  }

  /** @param {ToField} message */
  told(message) {
    if (message.verb === 'focus') this.focus(Boolean(message.end));
    if (message.verb === 'blur' && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (message.verb === 'update') this.take({ ...this.options, ...message.options }, this.settings);
    if (message.verb === 'collapse') this.collapse(true);
    if (message.verb === 'settings') {
      this.take(this.options, message.settings);
      this.say({ event: 'applied', turn: message.turn });
    }
    if (message.verb === 'clear') {
      this.inputs.forEach((input) => input.set(''));
      this.refresh();
    }
  }

  /** @param {any} data */
  heard(data) {
    if (data.to === this.frame) this.asked(data);
    if (data.group !== this.group) return;
    if (data.brand) {
      this.inputs.forEach((input) => input.follow({ brand: data.brand }));
      this.report();
    }
    if (data.want === 'brand' && this.type === 'cardNumber') this.beside({ group: this.group, brand: this.brand });
    if (data.filled) {
      this.inputs.forEach((input) => { if (data.filled[input.kind]) input.fill(data.filled[input.kind]); });
      this.refresh();
    }
  }

  /** @param {boolean} end */
  focus(end) {
    if (this.collapsed) this.collapse(false);
    const lacking = this.shown.find((input) => !input.verdict.complete) || this.shown[0];
    const aim = () => (end ? this.shown.at(-1)?.focusEnd() : lacking?.node.focus());
    aim();
    // The focus event of the frame itself can arrive later from another process, and move the focus away.
    for (const wait of REFOCUS_DELAYS_MS) {
      setTimeout(() => { if (document.hasFocus() && document.activeElement === document.body) aim(); }, wait);
    }
  }

  /** @param {boolean} collapsed */
  collapse(collapsed) {
    this.collapsed = collapsed;
    this.root.classList.toggle('is-collapsed', collapsed);
    this.tab.hidden = !collapsed;
    if (!collapsed && this.seen !== undefined) this.shown[0]?.node.focus();
    this.report();
  }

  /**
   * Responds to the controller. Shows the error of every invalid input, and returns the first one.
   * @param {Ask} ask
   */
  asked({ ask, verb }) {
    if (this.collapsed) this.collapse(false);
    const code = this.shown.map((input) => input.insist()).find(Boolean);
    this.report();
    /** @type {Answer} */
    const answer = { answer: ask, from: this.frame };
    if (code) answer.error = errorOf(this.texts, code);
    else if (verb === 'collect') answer.values = this.values();
    this.channel.postMessage(answer);
  }

  /** @param {Part} input */
  changed(input) {
    if (input.kind === 'number' || input.kind === 'country') this.refresh();
    else this.report();
  }

  // After a change that can affect other inputs, in this frame or in another.
  refresh() {
    if (this.input('number') && this.brand !== this.lastBrand) {
      this.lastBrand = this.brand;
      this.beside({ group: this.group, brand: this.brand });
      if (this.type === 'payment') this.say({ event: 'carddetailschange', payload: detailsPayload(this.brand) });
    }
    this.follow();
    this.offerNetworks();
    this.report();
  }

  /**
   * @param {FrameOptions} options
   * @param {Settings} settings
   */
  take(options, settings) {
    this.apply(options, settings);
    this.report();
  }

  offerNetworks() {
    const before = this.network.offered.length;
    const networks = networksOf(this.digits);
    if (!this.network.offer(networks, this.options.preferredNetwork || [])) return;
    if (this.type === 'payment' || (before === 0 && networks.length === 0)) return;
    if (networks.length > 0) this.say({ event: 'networkschange', payload: { loading: true, networks: null } });
    this.say({ event: 'networkschange', payload: { loading: false, networks } });
  }

  /**
   * @param {Part} input
   * @param {number} step
   */
  move(input, step) {
    const next = this.shown[this.shown.indexOf(input) + step];
    if (next && step < 0) next.focusEnd();
    else if (next) next.node.focus();
    else this.say({ event: step > 0 ? 'advance' : 'retreat' });
  }

  /**
   * @param {Partial<States>} state
   * @param {'focus' | 'blur'} [event]
   */
  state(state, event) {
    this.say({ event: 'state', state });
    if (event) this.say({ event });
  }

  // Reports changes to the page, and nothing else.
  report() {
    const code = this.shown.map((input) => input.shownError).find(Boolean);
    const typed = this.shown.filter((input) => input.kind !== 'country');
    const empty = typed.every((input) => input.empty);
    const complete = !code && this.shown.every((input) => input.verdict.complete);
    const payload = this.payload({ empty, complete, error: code ? errorOf(this.texts, code) : undefined });
    this.paint();
    const webkitAutofill = this.inputs.some((input) => input.autofilled);
    const seen = JSON.stringify([payload, code, webkitAutofill, this.network.value]);
    const first = this.seen === undefined;
    if (seen === this.seen) return;
    this.seen = seen;
    this.state({ empty, complete, invalid: Boolean(code), webkitAutofill });
    if (!first) this.say({ event: 'change', payload });
  }
}
