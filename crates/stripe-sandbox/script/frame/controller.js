// The hidden frame that makes every API call of a Stripe object. It gets the card number from the field frames of its own
// origin. It must pass results to the page, and never the card number.
const API = '%API%';

// How long a field may take to respond. A removed field never responds.
const FIELD_TIMEOUT_MS = 10000;
const GONE = 'We could not retrieve data from the specified Element. Please make sure the Element you are attempting to use is still mounted.';
/** @type {StripeError} */
const UNREACHED = {
  type: 'api_connection_error',
  message: 'We are experiencing issues connecting to our payments provider. You have not been charged. Please check your internet connection and try again. If the problem persists please let us know.',
};

window.addEventListener('message', function begin(event) {
  if (event.source !== window.parent || !event.data || event.data.sandbox !== 'init' || !event.ports[0]) return;
  window.removeEventListener('message', begin);
  new Controller(event.data, event.origin, event.ports[0]);
});

class Misuse extends Error {}

class Controller {
  /**
   * @param {ControllerInit} init
   * @param {string} site the page's origin, as the browser reports it
   * @param {MessagePort} port
   */
  constructor(init, site, port) {
    this.init = init;
    this.site = site;
    // The field frames of the page compute the same name.
    this.channel = new BroadcastChannel(`${site} ${init.page}`);
    /** @type {Map<number, { from: string, resolve: (answer: Answer) => void }>} */
    this.asked = new Map();
    this.count = 0;
    this.channel.onmessage = ({ data }) => {
      const ask = this.asked.get(data.answer);
      if (ask && ask.from === data.from) ask.resolve(data);
    };
    /** @type {Verbs} */
    const verbs = {
      createPaymentMethod: (params) => this.createPaymentMethod(params),
      createToken: (params) => this.createToken(params),
      createConfirmationToken: (params) => this.createConfirmationToken(params),
      confirm: (params) => this.confirm(params),
      retrieve: (params) => this.retrieve(params),
      check: (params) => this.check(params),
    };
    port.onmessage = async ({ data }) => {
      const { number, verb, params } = data;
      try {
        const carryOut = /** @type {(params: any) => Promise<object>} */ (verbs[/** @type {keyof Verbs} */ (verb)]);
        port.postMessage({ number, result: await carryOut(params) });
      } catch (error) {
        if (!(error instanceof Misuse)) throw error;
        port.postMessage({ number, misuse: error.message });
      }
    };
    port.postMessage({ event: 'hello' });
  }

  /** @param {MethodParams} params */
  async createPaymentMethod({ fields, token, data }) {
    const { values, error } = await this.collect(fields, 'collect');
    if (error) return { error };
    return this.call('POST', '/v1/payment_methods', this.methodData(values, token, data), 'paymentMethod');
  }

  /** @param {MethodParams} params */
  async createToken({ fields, data }) {
    const { values, error } = await this.collect(fields, 'collect');
    if (error) return { error };
    const { number, exp_month, exp_year, cvc, postal, network } = values;
    const card = { address_zip: postal, ...data, number, exp_month, exp_year, cvc, networks: network ? { preferred: network } : undefined };
    return this.call('POST', '/v1/tokens', { card }, 'token');
  }

  /** @param {MethodParams} params */
  async createConfirmationToken({ fields, data }) {
    const { values, error } = await this.collect(fields, 'collect');
    if (error) return { error };
    const form = { ...data, payment_method_data: this.methodData(values, undefined, data.payment_method_data || {}) };
    return this.call('POST', '/v1/confirmation_tokens', form, 'confirmationToken');
  }

  /** @param {ConfirmParams} params */
  async confirm({ kind, id, secret, data, method, method_data: methodData, fields, token }) {
    /** @type {Record<string, any>} */
    const form = { ...data, use_stripe_sdk: true, client_secret: secret };
    if (method) form.payment_method = method;
    if (fields || token) {
      const { values, error } = await this.collect(fields || [], 'collect');
      if (error) return { error };
      form.payment_method_data = this.methodData(values, token, methodData || {});
    }
    return this.call('POST', `/v1/${kind}_intents/${id}/confirm`, form, `${kind}Intent`);
  }

  /** @param {RetrieveParams} params */
  retrieve({ kind, id, secret }) {
    return this.call('GET', `/v1/${kind}_intents/${id}`, { client_secret: secret }, `${kind}Intent`);
  }

  /** @param {{ fields: string[] }} params */
  async check({ fields }) {
    const { error } = await this.collect(fields, 'check');
    return error ? { error } : {};
  }

  /**
   * @param {Digits} values
   * @param {string | undefined} token
   * @param {Record<string, any>} data
   */
  methodData(values, token, data) {
    const { number, exp_month, exp_year, cvc, postal, country, network } = values;
    const networks = network ? { preferred: network } : undefined;
    /** @type {Record<string, any>} */
    const form = { ...data, type: 'card', card: token ? { token } : { number, exp_month, exp_year, cvc, networks } };
    if (postal || country) {
      const billing = form.billing_details || {};
      const address = { ...billing.address };
      if (postal && !address.postal_code) address.postal_code = postal;
      if (country && !address.country) address.country = country;
      form.billing_details = { ...billing, address };
    }
    return form;
  }

  /**
   * Requests the values of all fields at once, so that each shows its error. Returns the first error in form order.
   * @param {string[]} fields
   * @param {Ask['verb']} verb
   * @returns {Promise<{ error: StripeError, values?: undefined } | { values: Digits, error?: undefined }>}
   */
  async collect(fields, verb) {
    const answers = await Promise.all(fields.map((name) => this.ask(name, verb)));
    const bad = answers.find((answer) => answer.error);
    return bad && bad.error ? { error: bad.error } : { values: Object.assign({}, ...answers.map((answer) => answer.values)) };
  }

  /**
   * @param {string} name
   * @param {Ask['verb']} verb
   * @returns {Promise<Answer>}
   */
  ask(name, verb) {
    this.count += 1;
    const ask = this.count;
    return /** @type {Promise<Answer>} */ (new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Misuse(GONE)), FIELD_TIMEOUT_MS);
      this.asked.set(ask, { from: name, resolve: (answer) => { clearTimeout(timer); resolve(answer); } });
      this.channel.postMessage({ to: name, ask, verb });
    })).finally(() => this.asked.delete(ask));
  }

  /**
   * Calls the API as Stripe.js does: with the key as a form parameter, and without headers that need a CORS preflight.
   * @param {'GET' | 'POST'} method
   * @param {string} path
   * @param {Record<string, any>} params
   * @param {string} thing
   * @returns {Promise<any>} of `{[thing]}` or `{error}`, the API's own objects
   */
  async call(method, path, params, thing) {
    const { key, stripeAccount, apiVersion } = this.init;
    const form = new URLSearchParams();
    flatten(form, '', { ...params, key, _stripe_account: stripeAccount, _stripe_version: apiVersion });
    if (method === 'POST') flatten(form, '', { payment_user_agent: 'stripe.js/sandbox', referrer: this.site });
    const url = method === 'GET' ? `${API}${path}?${form}` : `${API}${path}`;
    try {
      const response = await fetch(url, { method, body: method === 'GET' ? undefined : form, credentials: 'omit' });
      const body = await response.json();
      return body.error ? { error: body.error } : { [thing]: body };
    } catch {
      return { error: UNREACHED };
    }
  }
}

/**
 * @param {URLSearchParams} form
 * @param {string} name
 * @param {any} value
 */
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
