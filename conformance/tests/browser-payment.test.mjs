// The Payment Element as a card form, and the Express Checkout Element without wallets.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { field } from '../support/browser.mjs';
import { waitForEvent, withBrowser } from '../support/stripe_page.mjs';

const browser = withBrowser();

test('the Payment Element is a card form that submits, and shows its own errors', async () => {
  const { page, problems } = await browser.open({ train: 'endive' });
  await page.evaluate(() => {
    window.group = window.stripe.elements({ mode: 'setup', currency: 'usd', paymentMethodCreation: 'manual', appearance: { theme: 'night' } });
    return window.put('payment', '#payment', { layout: 'tabs', defaultValues: { billingDetails: { address: { country: 'US' } } } }, window.group);
  });
  assert.deepEqual(await waitForEvent(page, 'loaderstart'), { elementType: 'payment' });
  const part = (name) => field(page, '#payment', name);
  const frame = page.frameLocator('#payment iframe');
  const empty = await page.evaluate(() => window.group.submit());
  assert.deepEqual([empty.error.type, empty.error.code], ['validation_error', 'incomplete_number']);
  await frame.getByText('Your card number is incomplete.').waitFor();
  await part('cardnumber').pressSequentially('4242424242424242');
  assert.deepEqual(await waitForEvent(page, 'carddetailschange'), { elementType: 'payment', loading: false, details: { brands: ['visa'], funding: null } });
  await part('exp-date').fill('12/34');
  await part('cvc').fill('123');
  await part('postal').fill('12345');
  assert.deepEqual(await waitForEvent(page, 'change', ({ complete }) => complete), { elementType: 'payment', empty: false, complete: true, collapsed: false, value: { type: 'card' } });
  assert.deepEqual(await page.evaluate(() => window.group.submit()), { selectedPaymentMethod: 'card' });
  const { paymentMethod } = await page.evaluate(() => window.stripe.createPaymentMethod({ elements: window.group }));
  assert.deepEqual([paymentMethod.card.last4, paymentMethod.billing_details.address.country], ['4242', 'US']);
  await frame.locator('select[name=country]').selectOption('DE');
  await part('postal').waitFor({ state: 'hidden' });
  await page.evaluate(() => window.group.getElement('payment').collapse());
  await waitForEvent(page, 'change', ({ collapsed }) => collapsed);
  await part('cardnumber').waitFor({ state: 'hidden' });
  await frame.getByRole('button', { name: 'Card' }).click();
  await waitForEvent(page, 'change', ({ collapsed }) => !collapsed);
  assert.deepEqual(problems, []);
});

test('express checkout is ready, offers nothing and takes no space', async () => {
  const { page } = await browser.open();
  const ready = await page.evaluate(() => new Promise((resolve) => {
    const element = window.stripe.elements({ mode: 'payment', amount: 100, currency: 'usd' }).create('expressCheckout');
    element.on('ready', (event) => resolve([Object.keys(event), event.elementType, event.availablePaymentMethods === undefined]));
    element.mount('#express');
  }));
  assert.deepEqual(ready, [['elementType', 'availablePaymentMethods'], 'expressCheckout', true]);
  assert.equal((await page.locator('#express').boundingBox()).height, 0);
});
