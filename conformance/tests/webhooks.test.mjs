// The SDK's verifier accepts the sandbox's webhooks, and refuses altered, old and wrongly signed ones.
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { startReceiver, webhookCommand } from '../support/webhook_receiver.mjs';
import { account, origins } from '../support/sandbox.mjs';
import { client, refusal, Stripe } from '../support/sdk.mjs';

const open = [];
afterEach(() => Promise.all(open.splice(0).map((receiver) => receiver.close())));

async function shop({ answers, events = ['*'] } = {}) {
  const keys = account('hooks');
  const stripe = client(keys);
  const receiver = await startReceiver(answers);
  open.push(receiver);
  const endpoint = await stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: events });
  const verify = ({ body, signature }, secret = endpoint.secret, tolerance) => stripe.webhooks.constructEvent(body, signature, secret, tolerance);
  return { keys, stripe, receiver, endpoint, verify };
}

const refused = (check) => assert.throws(check, Stripe.errors.StripeSignatureVerificationError);

describe('the SDK’s verifier', () => {
  test('accepts each event of a saved card in order', async () => {
    const { stripe, receiver, verify } = await shop();
    const customer = await stripe.customers.create();
    const intent = await stripe.setupIntents.create({ customer: customer.id, payment_method: 'pm_card_visa', confirm: true });
    const heard = [await receiver.next(), ...await receiver.rest()].map((one) => verify(one));
    const kinds = heard.map(({ type }) => type);
    for (const kind of ['customer.created', 'setup_intent.created', 'setup_intent.succeeded', 'payment_method.attached']) {
      assert.ok(kinds.includes(kind), `${kind} is not among ${kinds}`);
    }
    const done = heard.find(({ type }) => type === 'setup_intent.succeeded');
    assert.deepEqual([done.data.object.id, done.data.object.status, done.data.object.customer], [intent.id, 'succeeded', customer.id]);
    assert.deepEqual((await stripe.events.retrieve(done.id)).data.object.id, intent.id);
    assert.equal(new Set(heard.map(({ id }) => id)).size, heard.length);
  });

  test('refuses another body, signature or secret', async () => {
    const { stripe, receiver, verify } = await shop();
    await stripe.customers.create({ name: 'Ada' });
    const one = await receiver.next();
    assert.equal(verify(one).type, 'customer.created');
    refused(() => verify({ ...one, body: Buffer.from(one.body.toString().replace('Ada', 'Bea')) }));
    refused(() => verify({ ...one, body: Buffer.concat([one.body, Buffer.from(' ')]) }));
    refused(() => verify({ ...one, signature: one.signature.replace(/v1=./, (start) => (start === 'v1=0' ? 'v1=1' : 'v1=0')) }));
    refused(() => verify({ ...one, signature: one.signature.replace(/t=\d+/, 't=1') }));
    refused(() => verify({ ...one, signature: one.signature.replaceAll('v1=', 'v0=') }));
    refused(() => verify(one, 'whsec_another'));
  });

  test('refuses deliveries that the sandbox corrupts on request', async () => {
    const { keys, stripe, receiver, verify } = await shop();
    for (const tamper of ['byte', 'v0_only', 'wrong_secret', 'old_timestamp']) {
      await webhookCommand('', { key: keys.secret, tamper });
      await stripe.customers.create();
      const one = await receiver.next();
      refused(() => verify(one));
      // An old one is right but for its age.
      if (tamper === 'old_timestamp') assert.equal(verify(one, undefined, 7200).type, 'customer.created');
    }
    await webhookCommand('', { key: keys.secret });
    await stripe.customers.create();
    assert.ok(verify(await receiver.next()));
  });

  test('accepts the old and the new secret during a rollover', async () => {
    const { keys, stripe, receiver, endpoint, verify } = await shop();
    const { secret } = await webhookCommand('/roll', { key: keys.secret, endpoint: endpoint.id, expires_in: 60 });
    await stripe.customers.create();
    const one = await receiver.next();
    assert.ok(verify(one) && verify(one, secret));
    await webhookCommand('/roll', { key: keys.secret, endpoint: endpoint.id, expires_in: 0 });
    await stripe.customers.create();
    const later = await receiver.next();
    refused(() => verify(later));
    refused(() => verify(later, secret));
  });
});

describe('deliveries', () => {
  test('are retried unchanged until they are accepted', async () => {
    const { keys, stripe, receiver, verify } = await shop({ answers: [500, 503] });
    await webhookCommand('', { key: keys.secret, retries: 5, backoff: 20 });
    await stripe.customers.create();
    const ids = [];
    for (let n = 0; n < 3; n += 1) ids.push(verify(await receiver.next()).id);
    assert.equal(new Set(ids).size, 1);
    assert.deepEqual(await receiver.rest(), []);
    assert.equal((await stripe.events.retrieve(ids[0])).pending_webhooks, 0);
  });

  test('can be duplicated, reordered and redelivered on request', async () => {
    const { keys, stripe, receiver, verify } = await shop({ events: ['customer.created'] });
    await webhookCommand('', { key: keys.secret, duplicates: 1, shuffle: true });
    const made = await Promise.all(['Ada', 'Bea', 'Cid'].map((name) => stripe.customers.create({ name })));
    const heard = [];
    for (let n = 0; n < 6; n += 1) heard.push(verify(await receiver.next()));
    assert.equal(new Set(heard.map(({ id }) => id)).size, 3);
    assert.deepEqual([...new Set(heard.map(({ data }) => data.object.id))].sort(), made.map(({ id }) => id).sort());
    await webhookCommand('', { key: keys.secret });
    await webhookCommand('/redeliver', { event: heard[0].id });
    assert.equal(verify(await receiver.next()).id, heard[0].id);
    const { deliveries } = await (await fetch(`${origins.api}/sandbox/webhooks?key=${keys.publishable}`)).json();
    assert.equal(deliveries.length, 7);
  });

  test('go to subscribed endpoints only', async () => {
    const { stripe, receiver, endpoint } = await shop({ events: ['setup_intent.succeeded'] });
    await stripe.customers.create();
    await stripe.setupIntents.create({ payment_method: 'pm_card_visa', confirm: true });
    assert.deepEqual([JSON.parse((await receiver.next()).body).type, (await receiver.rest()).length], ['setup_intent.succeeded', 0]);
    assert.equal((await stripe.webhookEndpoints.list()).data[0].secret, undefined, 'a secret is told once');
    await stripe.webhookEndpoints.del(endpoint.id);
    await stripe.setupIntents.create({ payment_method: 'pm_card_visa', confirm: true });
    assert.deepEqual(await receiver.rest(), []);
    assert.equal((await refusal(stripe.webhookEndpoints.retrieve(endpoint.id))).code, 'resource_missing');
  });
});
