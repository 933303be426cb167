// The SDK's retries with dropped connections: a retried call takes effect once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitForEqual } from '../support/browser.mjs';
import { account, requests, setFaults } from '../support/sandbox.mjs';
import { client, refusal, Stripe } from '../support/sdk.mjs';

test('a customer whose response was lost is created once', async () => {
  const keys = account('lost');
  const stripe = client(keys, { maxNetworkRetries: 2 });
  await setFaults(keys, [{ on: 'api', do: 'drop_after', method: 'POST', path: '/v1/customers', times: 1 }]);
  const customer = await stripe.customers.create({ name: 'Ada' });
  const { data } = await stripe.customers.list();
  assert.deepEqual(data.map(({ id }) => id), [customer.id]);
  assert.equal((await requests(keys, { path: '/v1/customers' })).filter(({ method }) => method === 'POST').length, 2, 'it was asked twice');
});

test('a payment whose response was lost is charged once', async () => {
  const keys = account('money');
  const stripe = client(keys, { maxNetworkRetries: 2 });
  await setFaults(keys, [{ on: 'api', do: 'drop_after', method: 'POST', path: '/v1/payment_intents', times: 1 }]);
  const payment = await stripe.paymentIntents.create({
    amount: 900, currency: 'usd', payment_method: 'pm_card_visa', confirm: true, allowed_payment_method_types: ['card'],
  });
  assert.equal(payment.status, 'succeeded');
  assert.deepEqual((await stripe.paymentIntents.list()).data.map(({ id }) => id), [payment.id]);
});

test('server errors are retried until the call succeeds', async () => {
  const keys = account('moment');
  await setFaults(keys, [{ on: 'api', do: 'status', status: 503, times: 1 }]);
  await client(keys, { maxNetworkRetries: 2 }).customers.create();
  await setFaults(keys, [{ on: 'api', do: 'status', status: 503 }]);
  assert.equal((await refusal(client(keys, { maxNetworkRetries: 1 }).customers.create())).statusCode, 503);
});

test('an error stored under an idempotency key is replayed', async () => {
  const keys = account('kept');
  const stripe = client(keys);
  const idempotencyKey = `k-${keys.name}`;
  await setFaults(keys, [{ on: 'api', do: 'status', status: 500, keep: true, method: 'POST', times: 1 }]);
  const first = await refusal(stripe.customers.create({}, { idempotencyKey }));
  const again = await refusal(stripe.customers.create({}, { idempotencyKey }));
  assert.deepEqual([first.statusCode, again.statusCode], [500, 500]);
  assert.equal(again.headers['idempotent-replayed'], 'true');
  assert.equal((await stripe.customers.list()).data.length, 0);
});

test('a key with other parameters is a StripeIdempotencyError', async () => {
  const keys = account('other');
  const stripe = client(keys);
  const idempotencyKey = `k-${keys.name}`;
  const made = await stripe.customers.create({ name: 'Ada' }, { idempotencyKey });
  const same = await stripe.customers.create({ name: 'Ada' }, { idempotencyKey });
  assert.equal(same.id, made.id);
  assert.equal(same.lastResponse.headers['idempotent-replayed'], 'true');
  const error = await refusal(stripe.customers.create({ name: 'Bea' }, { idempotencyKey }));
  assert.ok(error instanceof Stripe.errors.StripeIdempotencyError, error.type);
});

test('a key in use is a conflict that the SDK retries', async () => {
  const keys = account('inuse');
  const idempotencyKey = `k-${keys.name}`;
  await setFaults(keys, [{ on: 'api', do: 'latency', ms: 2_000, method: 'POST', times: 1 }]);
  const slow = client(keys).customers.create({ name: 'Ada' }, { idempotencyKey });
  await waitForEqual(async () => (await requests(keys, { path: '/v1/customers' })).length, 1);
  // The key is reserved just after the request is recorded.
  await new Promise((resolve) => { setTimeout(resolve, 100); });
  const early = await refusal(client(keys).customers.create({ name: 'Ada' }, { idempotencyKey }));
  assert.deepEqual([early.statusCode, early.code], [409, 'idempotency_key_in_use']);
  const patient = await client(keys, { maxNetworkRetries: 8 }).customers.create({ name: 'Ada' }, { idempotencyKey });
  assert.equal(patient.id, (await slow).id);
});
