// One response of each kind of the API, with the type that the SDK declares for it. Requested without the SDK, which would add
// members.
import { accounts, charges, events, tokens } from './payment_responses.mjs';
import { account, origins } from './sandbox.mjs';

// The version of the SDK's types.
const VERSION = '2026-10-28.endive';

function flatten(params, name = '', form = new URLSearchParams()) {
  for (const [key, value] of Object.entries(params)) {
    const path = name ? `${name}[${Array.isArray(params) ? '' : key}]` : key;
    if (value !== null && typeof value === 'object') flatten(value, Array.isArray(params) ? `${name}[${key}]` : path, form);
    else form.append(path, String(value));
  }
  return form;
}

// A function that calls the API with an account's secret key and the SDK's API version.
export function caller(keys, version = VERSION) {
  return async (method, path, params = {}) => {
    const form = flatten(params);
    const url = `${origins.api}/v1/${path}${method === 'GET' && form.size ? `?${form}` : ''}`;
    const headers = { Authorization: `Bearer ${keys.secret}`, 'Stripe-Version': version };
    const response = await fetch(url, { method, headers, body: method === 'GET' ? undefined : form });
    return response.json();
  };
}

// Records all responses.
export async function recordResponses() {
  const keys = account('shapes');
  const call = caller(keys);
  const [get, post] = [(path, params) => call('GET', path, params), (path, params) => call('POST', path, params)];
  const shapes = [];
  const note = (name, type, value) => {
    if (value?.error && !name.startsWith('error_')) throw new Error(`${name}: ${value.error.message}`);
    shapes.push({ name, type, value });
    return value;
  };
  await customers(call, note);
  await methods(get, post, note);
  await setups(get, post, note);
  await payments(post, note);
  await charges(get, post, note);
  await tokens(get, post, note);
  await accounts(get, post, note);
  await events(keys, call, note, VERSION);
  note('error_card', '{ error: Stripe.StripeRawError }', await post('setup_intents', { payment_method: 'pm_card_chargeDeclined', confirm: true }));
  note('error_invalid', '{ error: Stripe.StripeRawError }', await post('customers', { e_mail: 'x' }));
  note('error_missing', '{ error: Stripe.StripeRawError }', await get('customers/cus_nobody'));
  return shapes;
}

async function customers(call, note) {
  const plain = note('customer', 'Stripe.Customer', await call('POST', 'customers'));
  note('customer_full', 'Stripe.Customer', await call('POST', 'customers', {
    email: 'ada@example.com', name: 'Ada', phone: '+1 555 0100', description: 'a person', metadata: { owner: '17' },
    address: { line1: '1 Street', city: 'Town', country: 'US', postal_code: '10001' },
  }));
  note('customer_with_lists', 'Stripe.Customer', await call('GET', `customers/${plain.id}`, { expand: ['sources', 'subscriptions', 'tax_ids'] }));
  note('customer_list', 'Stripe.ApiList<Stripe.Customer>', await call('GET', 'customers', { limit: 1 }));
  note('customer_deleted', 'Stripe.DeletedCustomer', await call('DELETE', `customers/${plain.id}`));
}

async function methods(get, post, note) {
  const card = (number) => ({ number, exp_month: 12, exp_year: 2040, cvc: '123' });
  const customer = (await post('customers')).id;
  const method = note('payment_method', 'Stripe.PaymentMethod', await post('payment_methods', { type: 'card', card: card('4242424242424242') }));
  note('payment_method_billing', 'Stripe.PaymentMethod', await post('payment_methods', {
    type: 'card', card: card('378282246310005'), allow_redisplay: 'always', metadata: { a: 'b' },
    billing_details: { name: 'Ada', email: 'ada@example.com', phone: '1', address: { line1: '1', postal_code: '10001', country: 'US' } },
  }));
  note('payment_method_cobranded', 'Stripe.PaymentMethod', await post('payment_methods', { type: 'card', card: card('4000002500001001') }));
  await post(`payment_methods/${method.id}/attach`, { customer });
  note('payment_method_list', 'Stripe.ApiList<Stripe.PaymentMethod>', await get('payment_methods', { customer, type: 'card' }));
}

async function setups(get, post, note) {
  const type = 'Stripe.SetupIntent';
  const customer = (await post('customers')).id;
  const made = (name, params) => post('setup_intents', params).then((value) => note(name, type, value));
  const intent = await made('setup_new', { customer, metadata: { a: 'b' }, description: 'a card' });
  note('setup_canceled', type, await post(`setup_intents/${intent.id}/cancel`));
  await made('setup_confirmed', { customer, payment_method: 'pm_card_visa', confirm: true });
  await made('setup_expanded', { customer, payment_method: 'pm_card_visa', confirm: true, expand: ['customer', 'payment_method'] });
  await made('setup_requires_action', { payment_method: 'pm_card_threeDSecure2Required', confirm: true, use_stripe_sdk: true });
  await made('setup_redirect', { payment_method: 'pm_card_threeDSecure2Required', confirm: true, return_url: 'https://example.com/back' });
  const { error } = await post('setup_intents', { payment_method: 'pm_card_chargeDeclined', confirm: true });
  note('setup_refused', type, await get(`setup_intents/${error.setup_intent.id}`));
  note('setup_list', `Stripe.ApiList<${type}>`, await get('setup_intents', { limit: 2 }));
}

async function payments(post, note) {
  const type = 'Stripe.PaymentIntent';
  const base = { amount: 1200, currency: 'usd', allowed_payment_method_types: ['card'] };
  const made = (name, params) => post('payment_intents', { ...base, ...params }).then((value) => note(name, type, value));
  const held = await made('payment_requires_capture', { payment_method: 'pm_card_visa', capture_method: 'manual', confirm: true });
  note('payment_canceled', type, await post(`payment_intents/${held.id}/cancel`));
  await made('payment_new', { setup_future_usage: 'off_session', metadata: { a: 'b' } });
  await made('payment_succeeded', { payment_method: 'pm_card_visa', confirm: true });
  await made('payment_requires_action', { payment_method: 'pm_card_threeDSecure2Required', confirm: true, use_stripe_sdk: true });
  const { error } = await post('payment_intents', { ...base, payment_method: 'pm_card_chargeDeclined', confirm: true });
  note('payment_refused', type, error.payment_intent);
}
