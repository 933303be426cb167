// Checkout sessions and their line items fit the types Stripe's Node SDK declares, in each state.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { session } from '../support/checkout.mjs';
import { account, origins } from '../support/sandbox.mjs';
import { client, refusal } from '../support/sdk.mjs';
import { typeErrors } from '../support/type_check.mjs';

const NAMES = ['hosted', 'embedded', 'elements', 'setup', 'complete', 'expanded', 'expired', 'list', 'items', 'event'];
// The SDK makes a Decimal of a price's text, which is text again once it is written down. What an event holds is shaped
// for an older version than these types.
const KNOWN = {
  expanded: /Decimal/, items: /Decimal/,
  event: /missing the following properties from type 'Session': allowed_payment_method_types|'"hosted"' is not assignable/,
};
const values = {};
let complaints;

const pay = ({ id }) => fetch(`${origins.hooks}/checkout/sessions/${id}/pay`, {
  method: 'POST',
  body: new URLSearchParams({ email: 'ann@example.org', name: 'Ann Lee', number: '4242424242424242', exp_month: '12', exp_year: '34', cvc: '123' }),
});

before(async () => {
  const keys = account('shapes');
  const { checkout, events } = client(keys);
  const success = { success_url: 'https://shop.example/done' };
  values.hosted = await session(keys, { ...success, customer_creation: 'always' });
  values.embedded = await session(keys, { ui_mode: 'embedded_page', return_url: 'https://shop.example/back' });
  values.elements = await session(keys, { ui_mode: 'elements' });
  values.setup = await checkout.sessions.create({ mode: 'setup', currency: 'usd', ...success });
  await pay(values.hosted);
  values.complete = await checkout.sessions.retrieve(values.hosted.id);
  values.expanded = await checkout.sessions.retrieve(values.hosted.id, { expand: ['line_items', 'payment_intent', 'customer'] });
  values.expired = await checkout.sessions.expire(values.embedded.id);
  values.list = await checkout.sessions.list();
  values.items = await checkout.sessions.listLineItems(values.hosted.id);
  values.event = (await events.list({ type: 'checkout.session.completed' })).data[0].data.object;
  const types = { list: 'Stripe.ApiList<Stripe.Checkout.Session>', items: 'Stripe.ApiList<Stripe.LineItem>' };
  complaints = typeErrors('checkout', NAMES.map((name) => ({ name, type: types[name] || 'Stripe.Checkout.Session', value: values[name] })));
});

describe('a checkout session', () => {
  for (const name of NAMES) {
    test(`fits its type: ${name}`, () => {
      assert.deepEqual(complaints.get(name).filter((words) => !KNOWN[name]?.test(words)), []);
    });
  }

  test('is refused with the SDK’s own error when it is over', async () => {
    const keys = account('over');
    const made = await session(keys, { success_url: 'https://shop.example/done' });
    await pay(made);
    const error = await refusal(client(keys).checkout.sessions.expire(made.id));
    assert.equal(error.type, 'StripeInvalidRequestError');
    assert.match(error.message, /status of complete/);
  });
});
