// Payments in person: Stripe's own loader brings the sandbox's `StripeTerminal` into a page, a simulated reader reads a
// card, and the server captures the payment.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from '../support/browser.mjs';
import { account, setFaults } from '../support/sandbox.mjs';
import { client } from '../support/sdk.mjs';
import { openShop, openTill } from '../support/till.mjs';

let browser;
let shop;

before(async () => {
  browser = await openBrowser();
  shop = await openShop();
});
after(async () => {
  await browser?.close();
  await shop?.close();
});

const intent = (keys, more) => client(keys).paymentIntents.create({
  amount: 1299, currency: 'usd', allowed_payment_method_types: ['card_present'], capture_method: 'manual', ...more,
});
const fault = (what, more) => ({ on: 'terminal', do: what, ...more });

describe('a simulated reader', () => {
  test('is found, connected, reads a card and charges it', async () => {
    const keys = account('happy');
    const till = await openTill(browser, shop, keys);
    const { discoveredReaders: [reader] } = await till.call('discoverReaders', { simulated: true });
    assert.equal(reader.object, 'terminal.reader');
    assert.deepEqual((await till.call('discoverReaders', {})).discoveredReaders, []);
    assert.equal((await till.call('connectReader', reader)).reader.serial_number, reader.serial_number);
    assert.equal(await till.status(), 'connected ready');
    const made = await intent(keys);
    const { paymentIntent } = await till.call('collectPaymentMethod', made.client_secret);
    assert.equal(paymentIntent.sdk_payment_details.card_payment.masked_pan, '************4242');
    const { paymentIntent: paid } = await till.call('processPayment', paymentIntent);
    assert.equal(paid.status, 'requires_capture');
    assert.deepEqual(await till.heard(), [
      'connection connecting', 'connection connected', 'payment ready', 'payment waiting_for_input', 'payment ready', 'payment processing', 'payment ready',
    ]);
    const captured = await client(keys).paymentIntents.capture(made.id, { amount_to_capture: 1299 });
    assert.equal(captured.status, 'succeeded');
    assert.deepEqual(await till.call('disconnectReader'), {});
    assert.equal(await till.status(), 'not_connected not_ready');
  });

  test('is told of a refusal, and takes another card for the same intent', async () => {
    const keys = account('decline');
    const till = await openTill(browser, shop, keys, { connected: true });
    const made = await intent(keys);
    await till.page.evaluate(() => terminal.setSimulatorConfiguration({ testPaymentMethod: 'charge_declined_insufficient_funds' }));
    const { error } = await till.pay(made.client_secret);
    assert.deepEqual([error.code, error.decline_code, error.payment_intent.status], ['card_declined', 'insufficient_funds', 'requires_payment_method']);
    await till.page.evaluate(() => terminal.setSimulatorConfiguration({}));
    await setFaults(keys, [fault('decline', { times: 1 })]);
    assert.equal((await till.pay(made.client_secret)).error.decline_code, 'generic_decline');
    assert.equal((await till.pay(made.client_secret)).paymentIntent.status, 'requires_capture');
  });

  test('can be processed again when the network fails', async () => {
    const keys = account('network');
    const till = await openTill(browser, shop, keys, { connected: true });
    await setFaults(keys, [fault('network_error', { times: 1 })]);
    const made = await intent(keys);
    const { paymentIntent } = await till.call('collectPaymentMethod', made.client_secret);
    assert.equal((await till.call('processPayment', paymentIntent)).error.code, 'network_error');
    assert.equal((await till.call('processPayment', paymentIntent)).paymentIntent.status, 'requires_capture');
  });

  test('can be lost while a card is awaited, and connected again', async () => {
    const keys = account('lost');
    const till = await openTill(browser, shop, keys, { connected: true });
    await setFaults(keys, [fault('lost', { times: 1 })]);
    const made = await intent(keys);
    assert.equal((await till.call('collectPaymentMethod', made.client_secret)).error.code, 'reader_error');
    assert.equal(await till.status(), 'not_connected not_ready');
    assert.ok((await till.heard()).includes('lost'));
    assert.equal((await till.call('collectPaymentMethod', made.client_secret)).error.code, 'no_established_connection');
    await till.connect();
    assert.equal((await till.pay(made.client_secret)).paymentIntent.status, 'requires_capture');
  });

  test('waits for ever for a card that is never presented, until it is cancelled', async () => {
    const keys = account('cancel');
    const till = await openTill(browser, shop, keys, { connected: true });
    await setFaults(keys, [fault('never_presented', { times: 1 })]);
    const made = await intent(keys);
    assert.equal((await till.call('cancelCollectPaymentMethod')).error.code, 'no_active_collect_payment_method_attempt');
    const collecting = till.call('collectPaymentMethod', made.client_secret);
    await till.page.waitForFunction(() => terminal.getPaymentStatus() === 'waiting_for_input');
    assert.equal((await till.call('collectPaymentMethod', made.client_secret)).error.code, 'command_already_in_progress');
    assert.deepEqual(await till.call('cancelCollectPaymentMethod'), {});
    assert.equal((await collecting).error.code, 'canceled');
    assert.equal(await till.status(), 'connected ready');
    assert.equal((await till.pay(made.client_secret)).paymentIntent.status, 'requires_capture');
  });

  test('is one till’s at a time', async () => {
    const keys = account('tills');
    const first = await openTill(browser, shop, keys, { connected: true });
    const reader = await first.page.evaluate(() => terminal.getConnectedReader());
    assert.equal((await first.call('connectReader', reader)).error.code, 'already_connected');
    const second = await openTill(browser, shop, keys);
    assert.equal((await second.call('connectReader', reader, { fail_if_in_use: true })).error.code, 'reader_error');
    assert.equal(await first.status(), 'connected ready');
    await second.connect();
    await first.page.waitForFunction(() => heard.includes('lost'));
    assert.equal(await first.status(), 'not_connected not_ready');
  });

  test('needs a good connection token', async () => {
    const keys = account('token');
    const till = await openTill(browser, shop, keys);
    const { discoveredReaders: [reader] } = await till.call('discoverReaders', { simulated: true });
    for (const token of ['""', '"pst_test_made_up"', 'Promise.reject(new Error("no net"))']) {
      await till.page.evaluate((text) => { window.nextToken = () => eval(text); }, token);
      assert.equal((await till.call('connectReader', reader)).error.code, 'failed_fetch_connection_token', token);
      assert.equal(await till.status(), 'not_connected not_ready');
    }
    const { secret } = await client(keys).terminal.connectionTokens.create();
    await till.page.evaluate((text) => { window.nextToken = () => text; }, secret);
    assert.ok((await till.call('connectReader', reader)).reader);
    await till.call('clearCachedCredentials');
    assert.equal((await till.call('connectReader', reader)).error.code, 'failed_fetch_connection_token', 'a token is good once');
  });

  test('refuses what is not for it', async () => {
    const keys = account('wrong');
    const till = await openTill(browser, shop, keys, { connected: true });
    const online = await client(keys).paymentIntents.create({ amount: 100, currency: 'usd', allowed_payment_method_types: ['card'] });
    assert.equal((await till.call('collectPaymentMethod', online.client_secret)).error.code, 'payment_intent_incompatible_payment_method');
    assert.equal((await till.call('collectPaymentMethod', 'pi_x_secret_y')).error.code, 'resource_missing');
    const made = await intent(keys);
    assert.equal((await till.call('processPayment', made)).error.code, 'payment_intent_unexpected_state');
    assert.equal((await till.call('setReaderDisplay', {})).error.code, 'reader_error');
    assert.deepEqual(await till.call('setReaderDisplay', { type: 'cart', cart: { line_items: [], tax: 0, total: 100, currency: 'usd' } }), {});
    assert.deepEqual(await till.call('clearReaderDisplay'), {});
    assert.equal((await till.call('readReusableCard')).error.code, 'reader_error');
    assert.match(await till.page.evaluate(() => { try { return StripeTerminal.create({}); } catch (error) { return error.message; } }), /onFetchConnectionToken/);
  });
});
