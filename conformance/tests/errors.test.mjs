// Every error reaches Stripe's Node SDK with the right class and one of Stripe's codes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DECLINE_CODES, sandboxCodes, sdkCodes, CODES_OUTSIDE_SDK } from '../support/codes.mjs';
import { account, origins, setFaults } from '../support/sandbox.mjs';
import { client, refusal, Stripe } from '../support/sdk.mjs';

const { errors } = Stripe;
const KNOWN = new Set([...sdkCodes(), ...CODES_OUTSIDE_SDK]);

function isKnown(error) {
  if (error.code !== undefined) assert.ok(KNOWN.has(error.code), `${error.code} is no code of Stripe's`);
  if (error.decline_code) assert.ok(DECLINE_CODES.has(error.decline_code), `${error.decline_code} is no decline code`);
  assert.ok(error.message, 'a refusal has words');
  assert.match(error.requestId ?? '', /^req_/);
}

test('a declined card is a StripeCardError, with the intent it happened to', async () => {
  const stripe = client(account('declined'));
  const error = await refusal(stripe.setupIntents.create({ payment_method: 'pm_card_chargeDeclined', confirm: true }));
  assert.ok(error instanceof errors.StripeCardError, error.type);
  assert.deepEqual([error.statusCode, error.code, error.decline_code], [402, 'card_declined', 'generic_decline']);
  const intent = await stripe.setupIntents.retrieve(error.setup_intent.id);
  assert.equal(intent.last_setup_error.decline_code, 'generic_decline');
});

test('every declining test card has Stripe’s codes in every call', async () => {
  const { cards } = await (await fetch(`${origins.api}/sandbox/cards`)).json();
  const keys = account('cards');
  const stripe = client(keys);
  const seen = new Set();
  const tell = (error) => { isKnown(error); seen.add(error.decline_code ?? error.code); };
  const customer = (await stripe.customers.create()).id;
  for (const { number } of cards) {
    const card = { number, exp_month: 12, exp_year: 2040, cvc: number.startsWith('37') ? '1234' : '123' };
    const made = () => stripe.paymentMethods.create({ type: 'card', card });
    const { id } = await made();
    await stripe.paymentMethods.attach((await made()).id, { customer }).catch(tell);
    await stripe.setupIntents.create({ payment_method: id, confirm: true }).catch(tell);
    await stripe.paymentIntents.create({
      amount: 100, currency: 'usd', payment_method: (await made()).id, confirm: true, allowed_payment_method_types: ['card'],
    }).catch(tell);
  }
  for (const reason of ['generic_decline', 'insufficient_funds', 'lost_card', 'stolen_card', 'expired_card', 'incorrect_cvc', 'processing_error']) {
    assert.ok(seen.has(reason), `no card gave ${reason}`);
  }
});

test('messages reveal no decline reason to card testers', async () => {
  const stripe = client(account('words'));
  const messageOf = async (payment_method) => (await refusal(stripe.setupIntents.create({ payment_method, confirm: true }))).message;
  const plain = await messageOf('pm_card_chargeDeclined');
  assert.equal(await messageOf('pm_card_visa_chargeDeclinedLostCard'), plain);
  assert.equal(await messageOf('pm_card_visa_chargeDeclinedStolenCard'), plain);
});

test('an invalid request is a StripeInvalidRequestError with the parameter', async () => {
  const stripe = client(account('invalid'));
  const missing = await refusal(stripe.customers.retrieve('cus_nobody'));
  assert.ok(missing instanceof errors.StripeInvalidRequestError);
  assert.deepEqual([missing.statusCode, missing.code, missing.param], [404, 'resource_missing', 'id']);
  const unknown = await refusal(stripe.customers.create({ e_mail: 'ada@example.com' }));
  assert.deepEqual([unknown.statusCode, unknown.code, unknown.param], [400, 'parameter_unknown', 'e_mail']);
  const lacking = await refusal(stripe.paymentIntents.create({ currency: 'usd' }));
  assert.deepEqual([lacking.code, lacking.param], ['parameter_missing', 'amount']);
  const old = await refusal(stripe.setupIntents.create({ payment_method_types: ['card'] }));
  assert.deepEqual([old.statusCode, old.param], [400, 'payment_method_types']);
  [missing, unknown, lacking, old].forEach(isKnown);
});

test('each invalid number has its own error code', async () => {
  const stripe = client(account('numbers'));
  const good = { number: '4242424242424242', exp_month: 12, exp_year: 2040, cvc: '123' };
  const wrong = [
    [{ number: '4242424242424241' }, 'incorrect_number'], [{ exp_month: 13 }, 'invalid_expiry_month'],
    [{ exp_year: 2001 }, 'invalid_expiry_year'], [{ cvc: '12' }, 'invalid_cvc'], [{ number: '4111111111111111' }, 'card_declined'],
  ];
  for (const [change, code] of wrong) {
    const error = await refusal(stripe.paymentMethods.create({ type: 'card', card: { ...good, ...change } }));
    assert.ok(error instanceof errors.StripeCardError, code);
    assert.equal(error.code, code);
    isKnown(error);
  }
});

test('an invalid key is a StripeAuthenticationError', async () => {
  for (const secret of ['sk_test', 'nonsense', 'sk_live_0123456789']) {
    const error = await refusal(client({ secret }).customers.list());
    assert.ok(error instanceof errors.StripeAuthenticationError, `${secret}: ${error.type}`);
    isKnown(error);
    assert.ok(!error.message.includes('0123456789'), 'a key is never repeated');
  }
});

test('a publishable key in a server call is refused', async () => {
  const keys = account('browser');
  const error = await refusal(client({ secret: keys.publishable }).customers.create());
  assert.equal(error.code, 'secret_key_required');
  isKnown(error);
});

const STATUSES = [
  [400, 'StripeInvalidRequestError'], [401, 'StripeAuthenticationError'], [403, 'StripePermissionError'], [404, 'StripeInvalidRequestError'],
  [409, 'StripeAPIError'], [429, 'StripeRateLimitError'], [500, 'StripeAPIError'], [503, 'StripeAPIError'],
];

test('each injected status has its error class', async () => {
  const keys = account('statuses');
  const stripe = client(keys);
  for (const [status, name] of STATUSES) {
    await setFaults(keys, [{ on: 'api', do: 'status', status }]);
    const error = await refusal(stripe.customers.list());
    assert.deepEqual([error.statusCode, error.type], [status, name]);
    assert.ok(error instanceof errors[name]);
    isKnown(error);
  }
});

test('a dropped connection is a StripeConnectionError', async () => {
  const keys = account('dropped');
  await setFaults(keys, [{ on: 'api', do: 'drop' }]);
  assert.ok(await refusal(client(keys).customers.list()) instanceof errors.StripeConnectionError);
  await setFaults(keys, [{ on: 'api', do: 'latency', ms: 5000 }]);
  const late = await refusal(client(keys, { timeout: 300 }).customers.list());
  assert.ok(late instanceof errors.StripeConnectionError);
});

test('every code in the sandbox’s source is one of Stripe’s', () => {
  const own = sandboxCodes();
  assert.ok(own.size > 10, 'the sources name their codes another way now');
  assert.deepEqual([...own].filter((code) => !KNOWN.has(code)), []);
});
