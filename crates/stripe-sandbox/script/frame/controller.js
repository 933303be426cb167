// The hidden frame that makes every call of a Stripe object. It takes digits from the field frames of
// its own origin and hands the page results only.
const API = '%API%';

// How long a field may take to answer; one that is gone never does.
const FIELD_TIMEOUT = 10000;
const GONE = 'We could not retrieve data from the specified Element. Please make sure the Element you are attempting to use is still mounted.';

window.addEventListener('message', function begin(event) {
  if (event.source !== window.parent || !event.data || event.data.sandbox !== 'init' || !event.ports[0]) return;
  window.removeEventListener('message', begin);
  new Controller(event.data, event.ports[0]);
});

class Misuse extends Error {}

class Controller {
  constructor(init, port) {
    this.init = init;
    this.channel = new BroadcastChannel(init.page);
    this.asked = new Map();
    this.count = 0;
    this.channel.onmessage = ({ data }) => {
      const ask = this.asked.get(data.answer);
      if (ask && ask.from === data.from) ask.resolve(data);
    };
    const verbs = {
      createPaymentMethod: (params) => this.createPaymentMethod(params),
      confirm: (params) => this.confirm(params),
      retrieve: (params) => this.retrieve(params),
      check: (params) => this.check(params),
    };
    port.onmessage = async ({ data }) => {
      const { number, verb, params } = data;
      try {
        port.postMessage({ number, result: await verbs[verb](params) });
      } catch (error) {
        if (!(error instanceof Misuse)) throw error;
        port.postMessage({ number, misuse: error.message });
      }
    };
    port.postMessage({ event: 'hello' });
  }

  async createPaymentMethod({ fields, token, data }) {
    const { values, error } = await this.collect(fields, 'collect');
    if (error) return { error };
    return this.call('POST', '/v1/payment_methods', this.methodData(values, token, data), 'paymentMethod');
  }

  async confirm({ kind, id, secret, data, method, method_data: methodData, fields, token }) {
    const form = { ...data, use_stripe_sdk: true, client_secret: secret };
    if (method) form.payment_method = method;
    if (fields || token) {
      const { values, error } = await this.collect(fields || [], 'collect');
      if (error) return { error };
      form.payment_method_data = this.methodData(values, token, methodData);
    }
    return this.call('POST', `/v1/${kind}_intents/${id}/confirm`, form, `${kind}Intent`);
  }

  retrieve({ kind, id, secret }) {
    return this.call('GET', `/v1/${kind}_intents/${id}`, { client_secret: secret }, `${kind}Intent`);
  }

  async check({ fields }) {
    const { error } = await this.collect(fields, 'check');
    return error ? { error } : {};
  }

  methodData(values, token, data) {
    const { number, exp_month, exp_year, cvc, postal, country } = values;
    const form = { ...data, type: 'card', card: token ? { token } : { number, exp_month, exp_year, cvc } };
    if (postal || country) {
      const billing = form.billing_details || {};
      const address = { ...billing.address };
      if (postal && !address.postal_code) address.postal_code = postal;
      if (country && !address.country) address.country = country;
      form.billing_details = { ...billing, address };
    }
    return form;
  }

  // Asks every field at once, so that each shows what it lacks; the first error in form order counts.
  async collect(fields, verb) {
    const answers = await Promise.all(fields.map((name) => this.ask(name, verb)));
    const bad = answers.find((answer) => answer.error);
    return bad ? { error: bad.error } : { values: Object.assign({}, ...answers.map((answer) => answer.values)) };
  }

  ask(name, verb) {
    this.count += 1;
    const ask = this.count;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Misuse(GONE)), FIELD_TIMEOUT);
      this.asked.set(ask, { from: name, resolve: (answer) => { clearTimeout(timer); resolve(answer); } });
      this.channel.postMessage({ to: name, ask, verb });
    }).finally(() => this.asked.delete(ask));
  }

  // As Stripe.js does it: the key in the form, no header that would need a preflight.
  async call(method, path, params, thing) {
    const { key, stripeAccount, apiVersion, site } = this.init;
    const form = new URLSearchParams();
    flatten(form, '', { ...params, key, _stripe_account: stripeAccount, _stripe_version: apiVersion });
    if (method === 'POST') flatten(form, '', { payment_user_agent: 'stripe.js/sandbox', referrer: site });
    const url = method === 'GET' ? `${API}${path}?${form}` : `${API}${path}`;
    try {
      const response = await fetch(url, { method, body: method === 'GET' ? undefined : form, credentials: 'omit' });
      const body = await response.json();
      return body.error ? { error: body.error } : { [thing]: body };
    } catch {
      return {
        error: {
          type: 'api_connection_error',
          message: 'We are experiencing issues connecting to our payments provider. You have not been charged. Please check your internet connection and try again. If the problem persists please let us know.',
        },
      };
    }
  }
}

function flatten(form, name, value) {
  if (value === undefined || value === null) return;
  if (typeof value !== 'object') {
    form.append(name, String(value));
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const step = Array.isArray(value) && typeof inner !== 'object' ? '' : key;
    flatten(form, name ? `${name}[${step}]` : key, inner);
  }
}
