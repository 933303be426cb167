// The sandbox's dashboard: search, copy, fault switches, the journal and webhook redelivery.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { openBrowser, openPage, waitForEqual } from '../support/browser.mjs';
import { account, origins } from '../support/sandbox.mjs';
import { client, refusal } from '../support/sdk.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

// The page with an account's key in it.
async function home(keys, width = 1200) {
  const opened = await openPage(browser, origins.api);
  await opened.page.setViewportSize({ width, height: 900 });
  await opened.page.getByLabel('Key', { exact: true }).fill(keys.publishable);
  await opened.page.keyboard.press('Tab');
  await opened.page.locator('#whose', { hasText: keys.publishable }).waitFor();
  return opened;
}

const said = (page, words) => page.getByRole('status').filter({ hasText: words }).waitFor();

test('a card is found by what it does and copied whole', async () => {
  const { context, page, problems } = await home(account('cards'));
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: origins.api });
  await page.locator('#cards li').nth(40).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('h1').click();
  await page.keyboard.press('/');
  await page.keyboard.type('lost visa');
  await waitForEqual(() => page.locator('#cards li').count(), 1);
  await page.locator('#cards button').click();
  await said(page, 'Visa ending in 9987 copied');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '4000000000009987');

  await page.locator('#find').fill('');
  await page.getByRole('button', { name: '3D Secure', exact: true }).click();
  const found = await page.locator('#cards .digits').allTextContents();
  assert.ok(found.includes('4000 0025 0000 3155') && !found.includes('4242 4242 4242 4242'));
  await page.locator('#find').fill('no such card');
  await page.getByText('No card is like that').waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('Braintree’s nonces and numbers are there to be copied', async () => {
  const { context, page, problems } = await home(account('braintree'));
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: origins.api });
  await page.getByText('Nonces', { exact: true }).click();
  await page.getByRole('button', { name: 'Copy fake-valid-nonce' }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'fake-valid-nonce');
  await page.getByText('Numbers', { exact: true }).click();
  await page.locator('#numbers li').nth(20).waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('a switch sets a fault for one account and shows its count', async () => {
  const [keys, other] = [account('switch'), account('bystander')];
  const { context, page, problems } = await home(keys);
  const calls = page.getByRole('group', { name: 'API', exact: true });
  const toggle = calls.getByRole('switch', { name: /answers 500/ });
  await toggle.focus();
  await page.keyboard.press('Space');
  await said(page, 'On: API answers 500');
  const failed = await refusal(client(keys, { maxNetworkRetries: 0 }).customers.create());
  assert.equal(failed.statusCode, 500);
  await client(other).customers.create();
  await calls.locator('.switch', { hasText: 'answers 500' }).getByText('1 ×').waitFor();
  assert.ok(await toggle.isChecked());
  assert.ok(await page.evaluate(() => document.activeElement.closest('.switch').textContent.includes('answers 500')), 'the switch keeps the focus');
  await page.keyboard.press('Space');
  await said(page, 'Off: API answers 500');
  await client(keys).customers.create();

  await page.getByLabel('Switch on').selectOption('1');
  await calls.getByRole('switch', { name: 'answers 429', exact: true }).click();
  await calls.locator('.switch', { hasText: 'answers 429' }).getByText('0 of 1').waitFor();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await said(page, 'All faults lifted');
  await client(keys).customers.create();
  assert.deepEqual(problems, []);
  await context.close();
});

test('requests appear, are folded and can be searched', async () => {
  const keys = account('requests');
  const { context, page, problems } = await home(keys, 320);
  await page.getByText('Nothing yet').waitFor();
  await client(keys).customers.create({ email: 'ada@example.com' });
  const row = page.locator('#requests details', { hasText: '/v1/customers' });
  await row.waitFor();
  assert.equal(await row.getByText('ada@example.com').isVisible(), false);
  await row.locator('summary').click();
  await row.getByText('email = ada@example.com').waitFor();
  await client(keys).customers.list();
  await page.locator('#requests details').nth(1).waitFor();
  assert.ok(await page.getByText('email = ada@example.com').isVisible(), 'what was opened stays open');
  await page.getByPlaceholder('Find: confirm').fill('get');
  await waitForEqual(() => page.locator('#requests details').count(), 1);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'nothing sticks out at 320 px');
  assert.deepEqual(problems, []);
  await context.close();
});

test('a delivery can be sent again', async () => {
  const got = [];
  const endpoint = createServer((request, response) => {
    request.resume();
    request.on('end', () => { got.push(request.headers['stripe-signature']); response.end(); });
  });
  await new Promise((resolve) => { endpoint.listen(0, '127.0.0.1', resolve); });
  const keys = account('again');
  const stripe = client(keys);
  const url = `http://127.0.0.1:${endpoint.address().port}/hook`;
  await stripe.webhookEndpoints.create({ url, enabled_events: ['customer.created'] });
  await stripe.customers.create();
  const { context, page, problems } = await home(keys);
  await page.getByRole('button', { name: `Redeliver customer.created to ${url}` }).click();
  await said(page, 'customer.created is sent again');
  await page.locator('#webhooks li', { hasText: 'attempt 2' }).waitFor();
  assert.equal(got.length, 2);
  assert.deepEqual(problems, []);
  await context.close();
  endpoint.close();
  endpoint.closeAllConnections();
});
