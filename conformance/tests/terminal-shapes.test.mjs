// What the API and the Terminal script answer with fits the types of Stripe's Node SDK, and the script has every method
// that the Terminal package declares.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from '../support/browser.mjs';
import { account } from '../support/sandbox.mjs';
import { client } from '../support/sdk.mjs';
import { typeErrors } from '../support/type_check.mjs';
import { serveLoaderPage, openPointOfSale } from '../support/point_of_sale.mjs';

const TYPES = {
  token: 'Stripe.Terminal.ConnectionToken', token_here: 'Stripe.Terminal.ConnectionToken', location: 'Stripe.Terminal.Location',
  locations: 'Stripe.ApiList<Stripe.Terminal.Location>', reader: 'Stripe.Terminal.Reader', charge: 'Stripe.Charge', charge_refused: 'Stripe.Charge',
  charge_wallet: 'Stripe.Charge', presented: 'Stripe.PaymentMethod', tapped: 'Stripe.PaymentMethod', generated: 'Stripe.PaymentMethod',
};
const values = {};
let methods;
let complaints;
let browser;
let shop;

before(async () => {
  browser = await openBrowser();
  shop = await serveLoaderPage();
  const keys = account('shapes');
  const stripe = client(keys);
  values.location = await stripe.terminal.locations.create({ display_name: 'Harbour sauna', address: { country: 'SE', city: 'Malmö' } });
  values.locations = await stripe.terminal.locations.list();
  values.token = await stripe.terminal.connectionTokens.create();
  values.token_here = await stripe.terminal.connectionTokens.create({ location: values.location.id });
  const pointOfSale = await openPointOfSale(browser, shop, keys);
  await pointOfSale.page.evaluate((secret) => { window.nextToken = () => secret; }, values.token_here.secret);
  await pointOfSale.connect();
  values.reader = await pointOfSale.page.evaluate(() => terminal.getConnectedReader());
  const pay = async (config) => {
    const made = await stripe.paymentIntents.create({ amount: 1299, currency: 'usd', allowed_payment_method_types: ['card_present'] });
    await pointOfSale.page.evaluate((given) => terminal.setSimulatorConfiguration(given), config);
    await pointOfSale.pay(made.client_secret);
    const { latest_charge: charge } = await stripe.paymentIntents.retrieve(made.id, { expand: ['latest_charge'] });
    return { charge, method: await stripe.paymentMethods.retrieve(charge.payment_method) };
  };
  ({ charge: values.charge, method: values.presented } = await pay({}));
  ({ charge: values.charge_wallet, method: values.tapped } = await pay({ testPaymentMethod: 'apple_pay' }));
  ({ charge: values.charge_refused } = await pay({ testPaymentMethod: 'charge_declined' }));
  values.generated = await stripe.paymentMethods.retrieve(values.charge.payment_method_details.card_present.generated_card);
  methods = await pointOfSale.page.evaluate(() => {
    const names = [];
    for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(terminal))) if (typeof terminal[name] === 'function') names.push(name);
    return names;
  });
  complaints = typeErrors('terminal', Object.entries(TYPES).map(([name, type]) => ({ name, type, value: values[name] })));
});
after(async () => {
  await browser?.close();
  await shop?.close();
});

describe('what Terminal answers with', () => {
  for (const name of Object.keys(TYPES)) {
    test(`fits its type: ${name}`, () => assert.deepEqual(complaints.get(name), []));
  }

  test('has the token’s location', () => {
    assert.equal(values.reader.location, values.location.id);
    assert.equal(values.charge.payment_method_details.card_present.location, values.location.id);
  });

  test('has every declared method', () => {
    const declared = readFileSync('node_modules/@stripe/terminal-js/types/terminal.d.ts', 'utf8').split('export class Terminal {')[1];
    const names = [...declared.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name);
    assert.ok(names.length > 25, `${names.length} are declared`);
    assert.deepEqual(names.filter((name) => !methods.includes(name)), []);
  });
});
