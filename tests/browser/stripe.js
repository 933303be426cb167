// A test double of Stripe.js. It records the calls, answers with what a test puts into `fake.answers`, and throws on
// wrong use, as the real one does. Each test loads it again.
(() => {
  const EVENTS = ['ready', 'change', 'focus', 'blur', 'escape', 'networkschange', 'loaderror'];
  const TYPES = ['cardNumber', 'cardExpiry', 'cardCvc', 'payment'];
  const misuse = (why) => { throw Object.assign(new Error(why), { name: 'IntegrationError' }); };
  const fake = window.fake = {
    reset() { fake.calls = []; fake.elements = []; fake.groups = []; fake.answers = {}; fake.refuse = false; Stripe.version = 3; window.Stripe = Stripe; },
    names: () => fake.calls.map((call) => call[0]).join(' '),
    live: () => fake.elements.filter((e) => !e.destroyed).length,
    find: (type) => fake.elements.filter((e) => e.type === type && !e.destroyed).at(-1),
    emit(type, event, payload = {}) { (fake.find(type).handlers[event] || []).forEach((f) => f(payload)); },
    complete() {
      for (const type of ['cardNumber', 'cardExpiry', 'cardCvc']) {
        fake.emit(type, 'change', { elementType: type, empty: false, complete: true, brand: type === 'cardNumber' ? 'visa' : undefined });
      }
    },
  };
  class Element {
    constructor(type, options) { Object.assign(this, { type, options, handlers: {}, host: null, destroyed: false, focused: 0, cleared: 0, updates: [] }); }
    alive() { if (this.destroyed) misuse(`${this.type} was destroyed`); }
    mount(host) {
      this.alive();
      if (!(host instanceof window.Element) || !host.isConnected) misuse('mounted nowhere');
      if (this.host) misuse('mounted twice');
      // The real one writes a warning to the console.
      if (host.childNodes.length) misuse('mounted into a node that has child nodes');
      this.host = host;
      setTimeout(() => { if (!this.destroyed && !fake.never) fake.emit(this.type, 'ready'); }, 0);
    }
    on(event, handler) {
      this.alive();
      if (!EVENTS.includes(event) || typeof handler !== 'function') misuse(`no event ${event}`);
      (this.handlers[event] ||= []).push(handler);
      return this;
    }
    update(options) { this.alive(); if ('disableLink' in options) misuse('cannot be updated'); this.updates.push(options); }
    focus() { this.alive(); this.focused += 1; }
    clear() { this.alive(); this.cleared += 1; }
    destroy() { this.alive(); this.destroyed = true; }
  }
  const SECRET = /^(seti|pi)_\w+_secret_\w+$/;
  function Stripe(key, options) {
    if (!/^pk_(test|live)_\w+$/.test(key) || fake.refuse) misuse('bad key');
    fake.calls.push(['Stripe', key, options]);
    const call = (name, check) => (...args) => {
      check(...args);
      fake.calls.push([name, ...args]);
      const answer = fake.answers[name];
      return answer ? Promise.resolve(answer(...args)) : new Promise(() => {});
    };
    const confirm = (secret, data) => { if (!SECRET.test(secret)) misuse('bad secret'); const method = data.payment_method; if (!/^pm_\w+$/.test(method) && !(method.card?.type === 'cardNumber' && method.card.host)) misuse('no method'); };
    return {
      elements(options) {
        fake.groups.push(options);
        if (options.paymentMethodTypes && Stripe.version === 'endive') misuse('no longer supported');
        const taken = new Set();
        return {
          create(type, options) {
            if (!TYPES.includes(type)) misuse(`no ${type}`);
            if (taken.has(type)) misuse(`a second ${type}`);
            if (type !== 'cardNumber' && ('showIcon' in options || 'disableLink' in options)) misuse('not an option');
            taken.add(type);
            const element = new Element(type, options);
            fake.elements.push(element);
            return element;
          },
          update() {},
          submit: () => Promise.resolve({}),
        };
      },
      createPaymentMethod: call('createPaymentMethod', (data) => {
        if (data.type !== 'card' || !(data.card instanceof Element) || data.card.type !== 'cardNumber' || !data.card.host) misuse('no card');
      }),
      confirmCardSetup: call('confirmCardSetup', confirm),
      confirmCardPayment: call('confirmCardPayment', confirm),
      retrieveSetupIntent: call('retrieveSetupIntent', (secret) => { if (!SECRET.test(secret)) misuse('bad secret'); }),
    };
  }
  fake.method = (over = {}) => ({ paymentMethod: { id: 'pm_12345678', object: 'payment_method', card: { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2034, funding: 'credit', country: 'US', checks: null, ...over } } });
  fake.setup = (status = 'succeeded', payment_method = 'pm_12345678') => ({ setupIntent: { id: 'seti_1', status, payment_method, client_secret: 'seti_1_secret_2' } });
  fake.error = (type, code, more = {}) => ({ error: { type, code, message: 'For developers.', ...more } });
  fake.reset();
})();
