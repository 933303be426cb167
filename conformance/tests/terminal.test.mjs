// Payments in person: Stripe's own loader brings the sandbox's `StripeTerminal` into a page, a simulated reader reads a
// card, and the server captures the payment.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from '../support/browser.mjs';
import { account, setFaults } from '../support/sandbox.mjs';
import { client } from '../support/sdk.mjs';
import { serveLoaderPage, openPointOfSale } from '../support/point_of_sale.mjs';

let browser;
let shop;

before(async () => {
  browser = await openBrowser();
  shop = await serveLoaderPage();
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
    const pointOfSale = await openPointOfSale(browser, shop, keys);
    const { discoveredReaders: [reader] } = await pointOfSale.call('discoverReaders', { simulated: true });
    assert.equal(reader.object, 'terminal.reader');
    assert.deepEqual((await pointOfSale.call('discoverReaders', {})).discoveredReaders, []);
    assert.equal((await pointOfSale.call('connectReader', reader)).reader.serial_number, reader.serial_number);
    assert.equal(await pointOfSale.status(), 'connected ready');
    const made = await intent(keys);
    const { paymentIntent } = await pointOfSale.call('collectPaymentMethod', made.client_secret);
    assert.equal(paymentIntent.sdk_payment_details.card_payment.masked_pan, '************4242');
    const { paymentIntent: paid } = await pointOfSale.call('processPayment', paymentIntent);
    assert.equal(paid.status, 'requires_capture');
    assert.deepEqual(await pointOfSale.heard(), [
      'connection connecting', 'connection connected', 'payment ready', 'payment waiting_for_input', 'payment ready', 'payment processing', 'payment ready',
    ]);
    const captured = await client(keys).paymentIntents.capture(made.id, { amount_to_capture: 1299 });
    assert.equal(captured.status, 'succeeded');
    assert.deepEqual(await pointOfSale.call('disconnectReader'), {});
    assert.equal(await pointOfSale.status(), 'not_connected not_ready');
  });

  test('reports a decline, and takes another card for the same intent', async () => {
    const keys = account('decline');
    const pointOfSale = await openPointOfSale(browser, shop, keys, { connected: true });
    const made = await intent(keys);
    await pointOfSale.page.evaluate(() => terminal.setSimulatorConfiguration({ testPaymentMethod: 'charge_declined_insufficient_funds' }));
    const { error } = await pointOfSale.pay(made.client_secret);
    assert.deepEqual([error.code, error.decline_code, error.payment_intent.status], ['card_declined', 'insufficient_funds', 'requires_payment_method']);
    await pointOfSale.page.evaluate(() => terminal.setSimulatorConfiguration({}));
    await setFaults(keys, [fault('decline', { times: 1 })]);
    assert.equal((await pointOfSale.pay(made.client_secret)).error.decline_code, 'generic_decline');
    assert.equal((await pointOfSale.pay(made.client_secret)).paymentIntent.status, 'requires_capture');
  });

  test('can be processed again when the network fails', async () => {
    const keys = account('network');
    const pointOfSale = await openPointOfSale(browser, shop, keys, { connected: true });
    await setFaults(keys, [fault('network_error', { times: 1 })]);
    const made = await intent(keys);
    const { paymentIntent } = await pointOfSale.call('collectPaymentMethod', made.client_secret);
    assert.equal((await pointOfSale.call('processPayment', paymentIntent)).error.code, 'network_error');
    assert.equal((await pointOfSale.call('processPayment', paymentIntent)).paymentIntent.status, 'requires_capture');
  });

  test('can disconnect while it waits for a card, and connect again', async () => {
    const keys = account('lost');
    const pointOfSale = await openPointOfSale(browser, shop, keys, { connected: true });
    await setFaults(keys, [fault('lost', { times: 1 })]);
    const made = await intent(keys);
    assert.equal((await pointOfSale.call('collectPaymentMethod', made.client_secret)).error.code, 'reader_error');
    assert.equal(await pointOfSale.status(), 'not_connected not_ready');
    assert.ok((await pointOfSale.heard()).includes('lost'));
    assert.equal((await pointOfSale.call('collectPaymentMethod', made.client_secret)).error.code, 'no_established_connection');
    await pointOfSale.connect();
    assert.equal((await pointOfSale.pay(made.client_secret)).paymentIntent.status, 'requires_capture');
  });

  test('waits for a card until it is cancelled', async () => {
    const keys = account('cancel');
    const pointOfSale = await openPointOfSale(browser, shop, keys, { connected: true });
    await setFaults(keys, [fault('never_presented', { times: 1 })]);
    const made = await intent(keys);
    assert.equal((await pointOfSale.call('cancelCollectPaymentMethod')).error.code, 'no_active_collect_payment_method_attempt');
    const collecting = pointOfSale.call('collectPaymentMethod', made.client_secret);
    await pointOfSale.page.waitForFunction(() => terminal.getPaymentStatus() === 'waiting_for_input');
    assert.equal((await pointOfSale.call('collectPaymentMethod', made.client_secret)).error.code, 'command_already_in_progress');
    assert.deepEqual(await pointOfSale.call('cancelCollectPaymentMethod'), {});
    assert.equal((await collecting).error.code, 'canceled');
    assert.equal(await pointOfSale.status(), 'connected ready');
    assert.equal((await pointOfSale.pay(made.client_secret)).paymentIntent.status, 'requires_capture');
  });

  test('belongs to one point of sale at a time', async () => {
    const keys = account('tills');
    const first = await openPointOfSale(browser, shop, keys, { connected: true });
    const reader = await first.page.evaluate(() => terminal.getConnectedReader());
    assert.equal((await first.call('connectReader', reader)).error.code, 'already_connected');
    const second = await openPointOfSale(browser, shop, keys);
    assert.equal((await second.call('connectReader', reader, { fail_if_in_use: true })).error.code, 'reader_error');
    assert.equal(await first.status(), 'connected ready');
    await second.connect();
    await first.page.waitForFunction(() => heard.includes('lost'));
    assert.equal(await first.status(), 'not_connected not_ready');
  });

  test('needs a valid connection token', async () => {
    const keys = account('token');
    const pointOfSale = await openPointOfSale(browser, shop, keys);
    const { discoveredReaders: [reader] } = await pointOfSale.call('discoverReaders', { simulated: true });
    for (const token of ['""', '"pst_test_made_up"', 'Promise.reject(new Error("no net"))']) {
      await pointOfSale.page.evaluate((text) => { window.nextToken = () => eval(text); }, token);
      assert.equal((await pointOfSale.call('connectReader', reader)).error.code, 'failed_fetch_connection_token', token);
      assert.equal(await pointOfSale.status(), 'not_connected not_ready');
    }
    const { secret } = await client(keys).terminal.connectionTokens.create();
    await pointOfSale.page.evaluate((text) => { window.nextToken = () => text; }, secret);
    assert.ok((await pointOfSale.call('connectReader', reader)).reader);
    await pointOfSale.call('clearCachedCredentials');
    assert.equal((await pointOfSale.call('connectReader', reader)).error.code, 'failed_fetch_connection_token', 'a token is good once');
  });

  test('refuses invalid calls', async () => {
    const keys = account('wrong');
    const pointOfSale = await openPointOfSale(browser, shop, keys, { connected: true });
    const online = await client(keys).paymentIntents.create({ amount: 100, currency: 'usd', allowed_payment_method_types: ['card'] });
    assert.equal((await pointOfSale.call('collectPaymentMethod', online.client_secret)).error.code, 'payment_intent_incompatible_payment_method');
    assert.equal((await pointOfSale.call('collectPaymentMethod', 'pi_x_secret_y')).error.code, 'resource_missing');
    const made = await intent(keys);
    assert.equal((await pointOfSale.call('processPayment', made)).error.code, 'payment_intent_unexpected_state');
    assert.equal((await pointOfSale.call('setReaderDisplay', {})).error.code, 'reader_error');
    assert.deepEqual(await pointOfSale.call('setReaderDisplay', { type: 'cart', cart: { line_items: [], tax: 0, total: 100, currency: 'usd' } }), {});
    assert.deepEqual(await pointOfSale.call('clearReaderDisplay'), {});
    assert.equal((await pointOfSale.call('readReusableCard')).error.code, 'reader_error');
    assert.match(await pointOfSale.page.evaluate(() => { try { return StripeTerminal.create({}); } catch (error) { return error.message; } }), /onFetchConnectionToken/);
  });
});
