// Hosted Fields in a real browser: typing, events, tokenization, and the requests that hold digits.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, openBrowserWithRealNames, waitForEqual } from '../support/browser.mjs';
import { fillCard, input, merchant, openForm, serveForm, settleCall } from '../support/braintree.mjs';
import { origins, requests } from '../support/sandbox.mjs';

let browser;
let site;
before(async () => { [browser, site] = await Promise.all([openBrowser(), serveForm()]); });
after(async () => { await Promise.all([browser?.close(), site?.close()]); });

test('a card is typed, reported in events and tokenized', async () => {
  const shop = merchant();
  const { page, problems } = await openForm(browser, site, shop.authorization);
  await page.click('label[for="number"]');
  await page.keyboard.type('378282246310005');
  assert.equal(await input(page, 'number').inputValue(), '3782 822463 10005');
  await page.waitForFunction(() => window.form.getState().fields.number.isValid);
  const heard = await page.evaluate(() => window.heard);
  const changes = heard.filter((event) => event.name === 'cardTypeChange').map((event) => event.cards);
  assert.deepEqual(changes.at(-1), ['american-express']);
  assert.deepEqual(heard.find((event) => event.name === 'binAvailable').bin, '378282');
  for (const name of ['focus', 'notEmpty', 'validityChange']) assert.ok(heard.some((event) => event.name === name && event.by === 'number'), name);

  await input(page, 'cvv').pressSequentially('123');
  assert.equal(await page.evaluate(() => window.form.getState().fields.cvv.isValid), false, 'American Express has four');
  await input(page, 'cvv').pressSequentially('4');
  await input(page, 'expirationDate').pressSequentially('1234');
  await input(page, 'expirationDate').press('Enter');
  await page.waitForFunction(() => window.heard.some((event) => event.name === 'inputSubmitRequest'));
  const state = () => page.evaluate(() => {
    const { cards, fields } = window.form.getState();
    return { cards, fields: Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, { ...field, container: field.container.id }])) };
  });
  const right = (container, isFocused = false) => ({ container, isFocused, isEmpty: false, isPotentiallyValid: true, isValid: true });
  await waitForEqual(state, {
    cards: [{ niceType: 'American Express', type: 'american-express', code: { name: 'CID', size: 4 } }],
    fields: { number: right('number'), cvv: right('cvv'), expirationDate: right('expirationDate', true) },
  });
  assert.equal(await page.getAttribute('#expirationDate', 'class'), 'braintree-hosted-fields-focused braintree-hosted-fields-valid');

  const { value } = await settleCall(page, () => window.form.tokenize({ cardholderName: 'Ann Lee' }));
  const { nonce, binData, ...rest } = value;
  assert.match(nonce, /^tokencc_/);
  assert.equal(binData.prepaid, 'Unknown');
  assert.deepEqual(rest, {
    type: 'CreditCard', description: 'ending in 05',
    details: { bin: '378282', cardType: 'American Express', cardholderName: 'Ann Lee', expirationMonth: '12', expirationYear: '2034', lastFour: '0005', lastTwo: '05' },
  });
  assert.deepEqual(problems, []);
});

test('no digit reaches the page, and only the fields origin sends digits', async () => {
  const shop = merchant();
  const { page } = await openForm(browser, site, shop.authorization);
  await page.evaluate(() => {
    window.messages = [];
    addEventListener('message', (event) => window.messages.push(JSON.stringify(event.data)), true);
  });
  await fillCard(page);
  await settleCall(page, () => window.form.tokenize());
  assert.deepEqual(await page.evaluate(() => window.messages), []);
  assert.ok(!JSON.stringify(await page.evaluate(() => window.form.getState())).includes('4111'));
  assert.equal(await page.evaluate(() => { try { return window.frames[0].document.title; } catch (error) { return error.name; } }), 'SecurityError');
  const sent = (await requests(shop)).filter((request) => request.body.includes('4111111111111111'));
  assert.deepEqual(sent.map((request) => [request.path, request.headers.origin]), [['/braintree/graphql', origins.fields]]);
});

test('fields have their options', async () => {
  const shop = merchant();
  const all = ['number', 'cvv', 'expirationMonth', 'expirationYear', 'postalCode', 'cardholderName'];
  const { page } = await openForm(browser, site, shop.authorization, all, {
    styles: { input: { color: 'rgb(1, 2, 3)', position: 'fixed' }, '.invalid': { color: 'rgb(9, 0, 0)' } },
    fields: {
      number: { placeholder: 'Card', maskInput: { showLastFour: true }, supportedCardBrands: { visa: false } },
      cvv: { type: 'password', internalLabel: 'Code' },
      expirationMonth: { select: { options: Array.from({ length: 12 }, (_, month) => `month ${month + 1}`) } },
      expirationYear: { select: true }, postalCode: { prefill: '10115', minlength: 5 },
    },
  });
  assert.equal(await input(page, 'number').getAttribute('placeholder'), 'Card');
  assert.equal(await input(page, 'cvv').getAttribute('type'), 'password');
  assert.equal(await page.frameLocator('iframe[name="braintree-hosted-field-cvv"]').locator('label').textContent(), 'Code');
  const css = (key, name) => input(page, key).evaluate((node, property) => getComputedStyle(node)[property], name);
  assert.deepEqual([await css('cvv', 'color'), await css('cvv', 'position')], ['rgb(1, 2, 3)', 'static']);
  assert.equal(await input(page, 'expirationMonth').locator('option').nth(2).textContent(), 'month 3');
  await page.evaluate(() => window.form.setMonthOptions(Array.from({ length: 12 }, (_, month) => `mes ${month + 1}`)));
  await input(page, 'expirationMonth').locator('option', { hasText: /^mes 3$/ }).waitFor({ state: 'attached' });
  assert.equal(await page.evaluate(() => window.form.getState().fields.postalCode.isValid), true);
  await input(page, 'number').pressSequentially('4111111111111111');
  const isPossible = () => page.evaluate(() => window.form.getState().fields.number.isPotentiallyValid);
  await waitForEqual(isPossible, false, 'this form takes no Visa');
  await input(page, 'number').fill('5555555555554444');
  await input(page, 'cvv').focus();
  await waitForEqual(() => input(page, 'number').inputValue(), '•••• •••• •••• 4444');
  const done = await page.evaluate(async () => {
    await window.form.addClass('number', 'mine');
    await window.form.setAttribute({ field: 'number', attribute: 'aria-required', value: true });
    await window.form.setPlaceholder('cvv', '3 digits');
    window.form.setMessage({ field: 'number', message: 'Wrong.' });
    return Promise.all([window.form.getChallenges(), window.form.getSupportedCardTypes()]);
  });
  assert.deepEqual(done[0], ['cvv']);
  assert.ok(done[1].includes('Mastercard') && !done[1].includes('MasterCard'));
  await input(page, 'number').and(page.frameLocator('iframe[name="braintree-hosted-field-number"]').locator('.mine[aria-required="true"]')).waitFor();
  await page.frameLocator('iframe[name="braintree-hosted-field-number"]').getByText('Wrong.').waitFor({ state: 'attached' });
  await page.evaluate(() => window.form.clear('number'));
  await page.waitForFunction(() => window.form.getState().fields.number.isEmpty);
  await input(page, 'expirationYear').selectOption('2034');
  const { error } = await settleCall(page, () => window.form.tokenize({ fieldsToTokenize: ['cvv', 'cardholderName'] }));
  assert.equal(error.code, 'HOSTED_FIELDS_FIELDS_EMPTY');
});

test('callbacks and an implicit client work like promises', async () => {
  const shop = merchant();
  const { page } = await openForm(browser, site, shop.authorization, ['cardholderName']);
  const nonce = await page.evaluate((authorization) => new Promise((resolve, reject) => {
    delete window.braintree.client;
    const fields = { number: { selector: '#number' }, cvv: { selector: '#cvv' }, expirationDate: { selector: '#expirationDate' } };
    window.braintree.hostedFields.create({ authorization, fields }, (error, made) => {
      if (error) return reject(error);
      window.form = made;
      return made.focus('number', (wrong) => (wrong ? reject(wrong) : resolve('focused')));
    });
  }), shop.authorization);
  assert.equal(nonce, 'focused');
  await fillCard(page);
  const made = await page.evaluate(() => new Promise((resolve, reject) => {
    window.form.tokenize((error, payload) => (error ? reject(error) : resolve(payload)));
  }));
  assert.equal(made.details.lastFour, '1111');
});

test('the real host names give the same result', async () => {
  const shop = merchant();
  const [named, own] = await Promise.all([openBrowserWithRealNames(), serveForm('https://js.braintreegateway.com')]);
  try {
    const { page } = await openForm(named, own, shop.authorization);
    const sources = await page.locator('iframe').evaluateAll((frames) => frames.map((frame) => new URL(frame.src).origin));
    assert.deepEqual([...new Set(sources)], ['https://assets.braintreegateway.com']);
    await fillCard(page);
    const { value } = await settleCall(page, () => window.form.tokenize());
    assert.equal(value.details.lastFour, '1111');
    const [sent] = (await requests(shop)).filter((request) => request.body.includes('4111111111111111'));
    assert.equal(sent.headers.host, 'payments.sandbox.braintree-api.com');
  } finally {
    await Promise.all([named.close(), own.close()]);
  }
});
