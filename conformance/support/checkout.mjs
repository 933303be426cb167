// Checkout sessions: created with the SDK, paid by typing into the page.
import { client } from './sdk.mjs';

const ITEM = {
  price_data: { currency: 'usd', unit_amount: 1250, product_data: { name: 'Sauna, one hour' } },
  quantity: 2,
};

// Creates a session for `keys` with a default item; `more` overrides parameters.
export function session(keys, more, options) {
  return client(keys).checkout.sessions.create({ mode: 'payment', line_items: [ITEM], ...more }, options);
}

// Types into the checkout form in `form`, a page or a frame.
export async function fillCheckout(form, number, { email = 'ann@example.org', name = 'Ann Lee' } = {}) {
  await form.locator('#checkout[data-state="open"]').waitFor();
  if (await form.locator('#email').isVisible()) await form.locator('#email').fill(email);
  await form.locator('#cardNumber').fill('');
  await form.locator('#cardNumber').pressSequentially(number);
  await form.locator('#cardExpiry').fill('');
  await form.locator('#cardExpiry').pressSequentially('1234');
  await form.locator('#cardCvc').fill('');
  await form.locator('#cardCvc').pressSequentially('123');
  await form.locator('#billingName').fill(name);
}

// Clicks a button of the bank's challenge.
export function bank(form, button) {
  return form.frameLocator('iframe.challenge').frameLocator('#challengeFrame').locator(`#${button}`).click();
}
