// The card of an in-person payment: in the charge, saved for later, and not for mobile wallets.
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

describe('a card that was read', () => {
  test('creates a card that can be saved and charged again', async () => {
    const keys = account('kept');
    const stripe = client(keys);
    const pointOfSale = await openPointOfSale(browser, shop, keys, { connected: true });
    await pointOfSale.page.evaluate(() => terminal.setSimulatorConfiguration({ testCardNumber: '5555555555554444' }));
    const made = await intent(keys);
    await pointOfSale.pay(made.client_secret);
    const { latest_charge: charge } = await stripe.paymentIntents.retrieve(made.id, { expand: ['latest_charge'] });
    const { generated_card: generated, wallet } = charge.payment_method_details.card_present;
    assert.equal(wallet, undefined);
    const customer = await stripe.customers.create({});
    const kept = await stripe.paymentMethods.attach(generated, { customer: customer.id });
    assert.equal(kept.card.last4, '4444');
    assert.equal(kept.card.generated_from.charge, charge.id);
    const later = await stripe.paymentIntents.create({
      amount: 500, currency: 'usd', customer: customer.id, payment_method: generated, off_session: true, confirm: true, allowed_payment_method_types: ['card'],
    });
    assert.equal(later.status, 'succeeded');
  });

  test('gives the card to the intent’s customer when it is to be used again', async () => {
    const keys = account('future');
    const stripe = client(keys);
    const pointOfSale = await openPointOfSale(browser, shop, keys, { connected: true });
    const customer = await stripe.customers.create({});
    const made = await intent(keys, { customer: customer.id, setup_future_usage: 'off_session' });
    const { error } = await pointOfSale.call('collectPaymentMethod', made.client_secret);
    assert.equal(error.param, 'allow_redisplay');
    await pointOfSale.pay(made.client_secret, { config_override: { allow_redisplay: 'always' } });
    const { data } = await stripe.customers.listPaymentMethods(customer.id);
    assert.deepEqual(data.map(({ type, card, allow_redisplay: word }) => [type, card.last4, word]), [['card', '4242', 'always']]);
  });

  test('creates no card from a mobile wallet', async () => {
    const keys = account('wallet');
    const stripe = client(keys);
    const pointOfSale = await openPointOfSale(browser, shop, keys, { connected: true });
    const details = async (made) => {
      await pointOfSale.pay(made.client_secret);
      const { latest_charge: charge } = await stripe.paymentIntents.retrieve(made.id, { expand: ['latest_charge'] });
      return charge.payment_method_details.card_present;
    };
    await pointOfSale.page.evaluate(() => terminal.setSimulatorConfiguration({ testPaymentMethod: 'google_pay' }));
    const named = await details(await intent(keys));
    assert.deepEqual([named.wallet, named.generated_card, named.read_method], [{ type: 'google_pay' }, null, 'contactless_emv']);
    await pointOfSale.page.evaluate(() => terminal.setSimulatorConfiguration({}));
    await setFaults(keys, [fault('wallet', { times: 1 })]);
    assert.equal((await details(await intent(keys))).generated_card, null);
    assert.match((await details(await intent(keys))).generated_card, /^pm_/);
  });
});
