// Typing: groups, the slash, the caret, and the focus order.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { input, waitForInput, waitForEvent, withBrowser } from '../support/stripe_page.mjs';
import { field } from '../support/browser.mjs';

const browser = withBrowser();

async function split() {
  const opened = await browser.open();
  await opened.page.evaluate(() => window.split(window.stripe.elements(), { showIcon: true }));
  return opened;
}

test('numbers are grouped by brand and show its icon', async () => {
  const { page } = await split();
  const number = input.number(page);
  const icon = page.frameLocator('#number iframe').locator('.Icon');
  for (const [typed, shown, brand] of [
    ['4', '4', 'visa'],
    ['4242', '4242 ', 'visa'],
    ['424242424242424', '4242 4242 4242 424', 'visa'],
    ['378282246310005', '3782 822463 10005', 'amex'],
    ['36227206271667', '3622 720627 1667', 'diners'],
    ['3056930009020004', '3056 9300 0902 0004', 'diners'],
    ['6205500000000000004', '6205 5000 0000 0000 004', 'unionpay'],
    ['5555555555554444', '5555 5555 5555 4444', 'mastercard'],
    ['6011111111111117', '6011 1111 1111 1117', 'discover'],
    ['3566002020360505', '3566 0020 2036 0505', 'jcb'],
    ['9', '9', 'unknown'],
  ]) {
    await number.fill('');
    await number.pressSequentially(typed);
    await waitForInput(number, { value: shown });
    assert.equal(await icon.getAttribute('data-brand'), brand, typed);
    assert.equal((await waitForEvent(page, 'change', (event) => event.elementType === 'cardNumber' && event.brand === brand)).brand, brand);
  }
});

test('a pasted number may have spaces, dashes and text around it', async () => {
  const { page } = await split();
  const number = input.number(page);
  for (const text of ['4242-4242-4242-4242', ' 4242 4242  4242 4242 ', 'Card: 4242.4242.4242.4242', '4242424242424242999']) {
    await number.fill('');
    await number.focus();
    await page.keyboard.insertText(text);
    await waitForInput(number, { value: '4242 4242 4242 4242' });
  }
});

test('the caret keeps its position', async () => {
  const { page } = await split();
  const number = input.number(page);
  await number.pressSequentially('42424242');
  await waitForInput(number, { value: '4242 4242 ', caret: 10 });
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('1');
  await waitForInput(number, { value: '4214 2424 2', caret: 3 });
  await page.keyboard.press('Backspace');
  await waitForInput(number, { value: '4242 4242 ', caret: 2 });
  // Backspace just after a gap takes the digit before it.
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowRight');
  await waitForInput(number, { caret: 5 });
  await page.keyboard.press('Backspace');
  await waitForInput(number, { value: '4244 242', caret: 3 });
  // Delete just before a gap takes the digit after it.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Delete');
  await waitForInput(number, { value: '4244 42', caret: 5 });
  for (let i = 0; i < 2; i += 1) await page.keyboard.press('End');
  for (const shown of ['4244 4', '4244', '424', '42', '4', '']) {
    await page.keyboard.press('Backspace');
    await waitForInput(number, { value: shown, caret: shown.length });
  }
});

test('the slash is inserted and removed automatically', async () => {
  const { page } = await split();
  const expiry = input.expiry(page);
  for (const [typed, shown] of [
    ['1', '1'], ['5', '05 / '], ['12', '12 / '], ['13', '01 / 3'], ['1/', '01 / '], ['1/3', '01 / 3'], ['1234', '12 / 34'], ['0534', '05 / 34'], ['534', '05 / 34'],
  ]) {
    await expiry.fill('');
    await expiry.pressSequentially(typed);
    await waitForInput(expiry, { value: shown });
  }
  for (const [pasted, shown] of [['12/2030', '12 / 30'], ['12 / 30', '12 / 30'], ['2030-12', '12 / 30'], ['1/30', '01 / 30'], ['122030', '12 / 30'], ['12-30', '12 / 30']]) {
    await expiry.fill('');
    await expiry.focus();
    await page.keyboard.insertText(pasted);
    await waitForInput(expiry, { value: shown });
  }
  await expiry.fill('');
  await expiry.pressSequentially('123');
  for (const shown of ['12', '1', '']) {
    await page.keyboard.press('Backspace');
    await waitForInput(expiry, { value: shown });
  }
  await page.keyboard.type('12');
  await waitForInput(expiry, { value: '12 / ' });
  for (const shown of ['1', '']) {
    await page.keyboard.press('Backspace');
    await waitForInput(expiry, { value: shown });
  }
});

test('a complete field moves the focus forward, backspace in an empty one back', async () => {
  const { page } = await split();
  await input.number(page).pressSequentially('4242424242424242');
  await waitForInput(input.expiry(page), { focused: true });
  await page.keyboard.type('1234');
  await waitForInput(input.cvc(page), { focused: true });
  await page.keyboard.type('123');
  await waitForInput(input.cvc(page), { value: '123', focused: true });
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('Backspace');
  await waitForInput(input.expiry(page), { focused: true, value: '12 / 34', caret: 7 });
  for (let i = 0; i < 5; i += 1) await page.keyboard.press('Backspace');
  await waitForInput(input.number(page), { focused: true, caret: 19 });
});

test('the card element has the same focus order', async () => {
  const { page } = await browser.open();
  await page.evaluate(() => window.put('card', '#card', {}, window.stripe.elements()));
  const at = (name) => field(page, '#card', name);
  await at('cardnumber').pressSequentially('4242424242424242');
  await waitForInput(at('exp-date'), { focused: true });
  await page.keyboard.type('1234');
  await waitForInput(at('cvc'), { focused: true });
  await page.keyboard.type('123');
  await waitForInput(at('postal'), { focused: true });
  await page.keyboard.type('123456');
  await waitForInput(at('postal'), { value: '12345' });
  assert.equal((await waitForEvent(page, 'change', (event) => event.complete)).value.postalCode, '12345');
  for (let i = 0; i < 6; i += 1) await page.keyboard.press('Backspace');
  await waitForInput(at('cvc'), { focused: true, caret: 3 });
  assert.equal(await page.evaluate(() => window.log.filter(([name]) => name === 'blur').length), 0);
});

test('an invalid or incomplete number does not move the focus', async () => {
  const { page } = await split();
  await input.number(page).pressSequentially('4242424242424241');
  const event = await waitForEvent(page, 'change', ({ error }) => error);
  assert.equal(event.error.code, 'invalid_number');
  await waitForInput(input.number(page), { focused: true });
  await input.number(page).fill('');
  await input.number(page).pressSequentially('6200000000000005');
  assert.equal((await waitForEvent(page, 'change', ({ complete }) => complete)).brand, 'unionpay');
  await waitForInput(input.number(page), { focused: true });
});

test('the code has the length the brand gives it', async () => {
  const { page } = await split();
  await input.cvc(page).pressSequentially('12345');
  await waitForInput(input.cvc(page), { value: '1234' });
  await input.number(page).pressSequentially('4242424242424242');
  await waitForEvent(page, 'change', ({ elementType, error }) => elementType === 'cardCvc' && error?.code === 'invalid_cvc');
  await input.cvc(page).fill('');
  await input.cvc(page).pressSequentially('12345');
  await waitForInput(input.cvc(page), { value: '123' });
  await input.number(page).fill('');
  await input.number(page).pressSequentially('378282246310005');
  await waitForEvent(page, 'change', ({ elementType, complete }) => elementType === 'cardCvc' && !complete);
  await input.cvc(page).press('End');
  await page.keyboard.type('4');
  await waitForInput(input.cvc(page), { value: '1234' });
  await waitForEvent(page, 'change', ({ elementType, complete }) => elementType === 'cardCvc' && complete);
});

test('browsers can autofill the form', async () => {
  const { page } = await split();
  const tokens = async (container) => page.frameLocator(`${container} iframe`).locator('input').evaluateAll((all) => all.map((node) => node.autocomplete));
  assert.deepEqual((await tokens('#number')).sort(), ['cc-csc', 'cc-exp', 'cc-number']);
  assert.deepEqual((await tokens('#expiry')).sort(), ['cc-csc', 'cc-exp', 'cc-number']);
  assert.deepEqual((await tokens('#cvc')).sort(), ['cc-csc', 'cc-exp', 'cc-number']);
  // As a browser fills: all inputs of one frame at once.
  await page.frameLocator('#number iframe').locator('form').evaluate((form) => {
    const texts = { 'cc-number': '4242424242424242', 'cc-exp': '12/2034', 'cc-csc': '123' };
    for (const node of form.querySelectorAll('input')) {
      node.value = texts[node.autocomplete];
      node.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
  });
  await waitForInput(input.number(page), { value: '4242 4242 4242 4242' });
  await waitForInput(input.expiry(page), { value: '12 / 34' });
  await waitForInput(input.cvc(page), { value: '123' });
  await page.waitForSelector('#expiry.StripeElement--webkit-autofill');
  await input.expiry(page).press('Backspace');
  await page.waitForFunction(() => !document.querySelector('#expiry').classList.contains('StripeElement--webkit-autofill'));
});
