// Stripe's Node SDK drives what a wallet server needs: customers, set-ups, cards, payments, lists.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account, challenge } from '../support/sandbox.mjs';
import { client, refusal, Stripe } from '../support/sdk.mjs';

const fresh = (name) => client(account(name));

test('a card is set up for a customer, listed, made the default, and detached for good', async () => {
  const stripe = fresh('setup');
  const customer = await stripe.customers.create({ email: 'ada@example.com', metadata: { owner: '17' } });
  const intent = await stripe.setupIntents.create({ customer: customer.id, usage: 'off_session' });
  assert.equal(intent.status, 'requires_payment_method');
  assert.match(intent.client_secret, new RegExp(`^${intent.id}_secret_`));
  const done = await stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
  assert.equal(done.status, 'succeeded');

  const cards = await stripe.paymentMethods.list({ customer: customer.id, type: 'card' });
  assert.deepEqual(cards.data.map((card) => card.id), [done.payment_method]);
  assert.equal(cards.data[0].customer, customer.id);
  assert.equal((await stripe.customers.listPaymentMethods(customer.id)).data.length, 1);

  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: done.payment_method } });
  assert.equal((await stripe.customers.retrieve(customer.id)).invoice_settings.default_payment_method, done.payment_method);

  assert.equal((await stripe.paymentMethods.detach(done.payment_method)).customer, null);
  assert.equal((await stripe.paymentMethods.list({ customer: customer.id })).data.length, 0);
  const again = await refusal(stripe.paymentMethods.attach(done.payment_method, { customer: customer.id }));
  assert.ok(again instanceof Stripe.errors.StripeInvalidRequestError);
});

test('a deleted customer is marked and accepts no cards', async () => {
  const stripe = fresh('deleted');
  const { id } = await stripe.customers.create({ name: 'Ada' });
  assert.equal((await stripe.customers.del(id)).deleted, true);
  assert.equal((await stripe.customers.retrieve(id)).deleted, true);
  assert.equal((await refusal(stripe.customers.update(id, { name: 'Bea' }))).code, 'resource_missing');
});

test('a setup with a challenge waits, and ends with the challenge’s result', async () => {
  const stripe = fresh('challenge');
  const ask = () => stripe.setupIntents.create({ payment_method: 'pm_card_threeDSecure2Required', confirm: true, use_stripe_sdk: true });
  const [good, bad] = [await ask(), await ask()];
  assert.equal(good.status, 'requires_action');
  assert.equal(good.next_action.type, 'use_stripe_sdk');
  await challenge(good, 'complete');
  await challenge(bad, 'fail');
  assert.equal((await stripe.setupIntents.retrieve(good.id)).status, 'succeeded');
  const failed = await stripe.setupIntents.retrieve(bad.id);
  assert.equal(failed.status, 'requires_payment_method');
  assert.equal(failed.last_setup_error.code, 'setup_intent_authentication_failure');
});

test('a final intent can be neither confirmed nor cancelled', async () => {
  const stripe = fresh('over');
  const intent = await stripe.setupIntents.create({ payment_method: 'pm_card_visa' });
  assert.equal((await stripe.setupIntents.cancel(intent.id, { cancellation_reason: 'abandoned' })).status, 'canceled');
  for (const call of ['confirm', 'cancel']) {
    assert.equal((await refusal(stripe.setupIntents[call](intent.id))).code, 'setup_intent_unexpected_state');
  }
});

test('an authorization is captured in part', async () => {
  const stripe = fresh('manual');
  const held = await stripe.paymentIntents.create({
    amount: 2000, currency: 'usd', payment_method: 'pm_card_visa', capture_method: 'manual', confirm: true, allowed_payment_method_types: ['card'],
  });
  assert.deepEqual([held.status, held.amount_capturable, held.amount_received], ['requires_capture', 2000, 0]);
  const taken = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 1500 });
  assert.deepEqual([taken.status, taken.amount_capturable, taken.amount_received], ['succeeded', 0, 1500]);
  assert.equal((await refusal(stripe.paymentIntents.capture(held.id))).code, 'payment_intent_unexpected_state');
});

test('an authorization is cancelled', async () => {
  const stripe = fresh('let');
  const held = await stripe.paymentIntents.create({
    amount: 700, currency: 'eur', payment_method: 'pm_card_visa', capture_method: 'manual', confirm: true, allowed_payment_method_types: ['card'],
  });
  const gone = await stripe.paymentIntents.cancel(held.id);
  assert.deepEqual([gone.status, gone.amount_capturable], ['canceled', 0]);
});

test('ids can be expanded', async () => {
  const stripe = fresh('expand');
  const customer = await stripe.customers.create();
  const intent = await stripe.setupIntents.create({
    customer: customer.id, payment_method: 'pm_card_mastercard', confirm: true, expand: ['customer', 'payment_method'],
  });
  assert.equal(intent.customer.id, customer.id);
  assert.equal(intent.payment_method.card.brand, 'mastercard');
  const payment = await stripe.paymentIntents.create({
    amount: 500, currency: 'usd', customer: customer.id, payment_method: intent.payment_method.id, confirm: true,
    allowed_payment_method_types: ['card'], off_session: true, expand: ['payment_method.customer'],
  });
  assert.equal(payment.payment_method.customer.id, customer.id);
  assert.equal((await refusal(stripe.setupIntents.retrieve(intent.id, { expand: ['nonsense'] }))).type, 'StripeInvalidRequestError');
});

test('auto-pagination returns each object once', async () => {
  const stripe = fresh('pages');
  const made = [];
  for (let n = 0; n < 23; n += 1) made.push((await stripe.customers.create({ name: `n${n}` })).id);
  const met = [];
  for await (const customer of stripe.customers.list({ limit: 5 })) met.push(customer.id);
  assert.deepEqual(met, made.toReversed());
  const few = await stripe.customers.list({ limit: 10 }).autoPagingToArray({ limit: 12 });
  assert.equal(few.length, 12);
  const back = await stripe.customers.list({ limit: 3, ending_before: made[0] });
  assert.deepEqual(back.data.map((customer) => customer.id), [made[3], made[2], made[1]]);
});

test('a connected account has its own objects', async () => {
  const stripe = fresh('platform');
  const stripeAccount = 'acct_1connectedshop';
  const theirs = await stripe.customers.create({ name: 'theirs' }, { stripeAccount });
  assert.equal((await stripe.customers.retrieve(theirs.id, {}, { stripeAccount })).name, 'theirs');
  assert.equal((await refusal(stripe.customers.retrieve(theirs.id))).code, 'resource_missing');
  assert.equal((await stripe.customers.list()).data.length, 0);
});

test('responses have a request id and an API version', async () => {
  const stripe = fresh('headers');
  const { lastResponse } = await stripe.customers.create();
  assert.match(lastResponse.requestId, /^req_/);
  assert.match(lastResponse.apiVersion, /^\d{4}-\d\d-\d\d\.endive$/);
  assert.ok(lastResponse.idempotencyKey, 'the SDK sends a key of its own with every POST');
});
