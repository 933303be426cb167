// Elements: events, options, classes and mounting.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { field } from '../support/browser.mjs';
import { setFaults } from '../support/sandbox.mjs';
import { input, waitForInput, waitForEvent, withBrowser } from '../support/stripe_page.mjs';

const browser = withBrowser();
const at = (page, name) => field(page, '#card', name);
// Of an IntegrationError thrown at once: its words.
const thrown = (page, work, given) => page.evaluate(([text, arg]) => {
  try {
    new Function('arg', text)(arg);
    return 'nothing';
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
}, [work, given]);

test('each event has exactly the declared members', async () => {
  const { page } = await browser.open();
  await page.evaluate(() => window.split(window.stripe.elements()));
  assert.deepEqual(await waitForEvent(page, 'ready', ({ elementType }) => elementType === 'cardExpiry'), { elementType: 'cardExpiry' });
  const number = input.number(page);
  await number.focus();
  assert.deepEqual(await waitForEvent(page, 'focus'), { elementType: 'cardNumber' });
  await page.keyboard.type('4');
  assert.deepEqual(await waitForEvent(page, 'change'), { elementType: 'cardNumber', empty: false, complete: false, error: undefined, brand: 'visa' });
  await page.keyboard.press('Escape');
  assert.deepEqual(await waitForEvent(page, 'escape'), { elementType: 'cardNumber' });
  await page.locator('#own').focus();
  assert.deepEqual(await waitForEvent(page, 'blur'), { elementType: 'cardNumber' });
  assert.deepEqual(await waitForEvent(page, 'change', ({ error }) => error), {
    elementType: 'cardNumber', empty: false, complete: false, brand: 'visa',
    error: { type: 'validation_error', code: 'incomplete_number', message: 'Your card number is incomplete.' },
  });
  for (const [typed, code] of [['1300', 'none'], ['0020', 'invalid_expiry_month'], ['0120', 'invalid_expiry_year_past'], ['0199', 'invalid_expiry_year'], ['0', 'incomplete_expiry']]) {
    await input.expiry(page).fill('');
    await input.expiry(page).pressSequentially(typed);
    await page.locator('#own').focus();
    if (code === 'none') continue;
    const event = await waitForEvent(page, 'change', ({ elementType, error }) => elementType === 'cardExpiry' && error?.code === code);
    assert.deepEqual(Object.keys(event).sort(), ['complete', 'elementType', 'empty', 'error']);
  }
  await input.cvc(page).pressSequentially('12');
  await page.locator('#own').focus();
  const cvc = await waitForEvent(page, 'change', ({ elementType, error }) => elementType === 'cardCvc' && error);
  assert.deepEqual(cvc.error, { type: 'validation_error', code: 'incomplete_cvc', message: "Your card's security code is incomplete." });
});

test('classes follow the state, also custom ones', async () => {
  const { page } = await browser.open();
  await page.evaluate(() => window.split(window.stripe.elements(), { classes: { base: 'one two', invalid: 'wrong' } }));
  const classes = async (id) => ((await page.locator(id).getAttribute('class')) || '').split(' ').sort();
  assert.deepEqual(await classes('#number'), ['StripeElement--empty', 'one', 'two']);
  await input.number(page).focus();
  await page.waitForSelector('#number.StripeElement--focus');
  await page.keyboard.type('4242424242424241');
  await page.waitForSelector('#number.wrong:not(.StripeElement--empty)');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('2');
  await page.waitForSelector('#number.StripeElement--complete:not(.wrong):not(.StripeElement--focus)');
  await page.evaluate(() => window.parts[0].update({ classes: { base: 'three' } }));
  assert.deepEqual(await classes('#number'), ['StripeElement--complete', 'three']);
  await page.evaluate(() => window.parts[0].unmount());
  assert.deepEqual(await classes('#number'), ['']);
  assert.equal(await page.locator('#number').innerHTML(), '');
});

test('on, once and off work', async () => {
  const { page } = await browser.open();
  const counts = await page.evaluate(async () => {
    await window.split(window.stripe.elements());
    const [number] = window.parts;
    const seen = { on: 0, once: 0, off: 0, alias: 0 };
    const off = () => { seen.off += 1; };
    const alias = () => { seen.alias += 1; };
    const same = number.on('focus', () => { seen.on += 1; }).once('focus', () => { seen.once += 1; }).on('focus', off).off('focus', off) === number;
    number.addEventListener('focus', alias);
    window.seen = seen;
    window.alias = alias;
    return same;
  });
  assert.equal(counts, true);
  for (let i = 0; i < 2; i += 1) {
    await input.number(page).focus();
    await page.waitForFunction((count) => window.seen.on === count, i + 1);
    await page.locator('#own').focus();
    await page.evaluate(() => window.parts[0].removeEventListener('focus', window.alias));
  }
  assert.deepEqual(await page.evaluate(() => window.seen), { on: 2, once: 1, off: 0, alias: 1 });
  assert.match(await thrown(page, 'window.parts[0].on("nonsense", () => {})'), /^IntegrationError: nonsense/);
  assert.match(await thrown(page, 'window.parts[0].on("change")'), /^IntegrationError/);
});

test('the way from field to field is the page\'s too: focus, blur, clear, labels, Enter', async () => {
  const { page } = await browser.open();
  await page.evaluate(() => window.split(window.stripe.elements()));
  await page.evaluate(() => window.parts[1].focus());
  await waitForInput(input.expiry(page), { focused: true });
  await page.keyboard.type('12');
  await page.evaluate(() => window.parts[1].clear());
  assert.deepEqual(await waitForEvent(page, 'change', ({ elementType, empty }) => elementType === 'cardExpiry' && empty), { elementType: 'cardExpiry', empty: true, complete: false, error: undefined });
  await page.evaluate(() => window.parts[1].blur());
  await waitForEvent(page, 'blur', ({ elementType }) => elementType === 'cardExpiry');
  await page.locator('label[for="cvc"]').click();
  await waitForInput(input.cvc(page), { focused: true });
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.submitted === 1);
});

test('invalid options throw, unknown or immutable ones log a warning', async () => {
  const { page, problems } = await browser.open();
  for (const [type, options, words] of [
    ['card', { style: 'red' }, /style should be/], ['card', { iconStyle: 'round' }, /iconStyle should be one of default, solid/],
    ['card', { disabled: 'yes' }, /disabled should be/], ['card', { value: { cardNumber: '4242' } }, /value\.cardNumber cannot/],
    ['cardNumber', { preferredNetwork: 'visa' }, /preferredNetwork should be/], ['cardCvc', 'dark', /options should be an object/],
  ]) {
    assert.match(await thrown(page, 'window.stripe.elements().create(...arg)', [type, options]), new RegExp(`^IntegrationError: .*${words.source}`), JSON.stringify(options));
  }
  assert.deepEqual(problems, []);
  await page.evaluate(() => {
    const group = window.stripe.elements();
    group.create('cardCvc', { showIcon: true });
    group.create('cardExpiry', { style: { base: { border: '1px solid' }, ready: {} } });
    const number = group.create('cardNumber', { disableLink: true, preferredNetwork: ['visa'] });
    number.update({ disableLink: true, preferredNetwork: ['visa'] });
    number.update({ disableLink: false, preferredNetwork: ['cartes_bancaires'], placeholder: 'x' });
  });
  assert.deepEqual(problems.map((text) => text.replace(/^warning: \[Stripe\.js\] /, '').slice(0, 60)), [
    'Unrecognized create() parameter: showIcon is not a recognize', 'style.base.border is not a supported style; put it on the co',
    'Unrecognized style: ready is not one of base, complete, empt', 'update(): disableLink cannot be changed after the Element wa',
    'update(): preferredNetwork cannot be changed after the Eleme',
  ]);
});

test('styles are applied and updated', async () => {
  const { page } = await browser.open();
  await page.evaluate(() => window.split(window.stripe.elements(), {
    placeholder: 'Digits here', showIcon: true, iconStyle: 'solid',
    style: {
      base: { color: 'rgb(1, 2, 3)', fontSize: '20px', iconColor: 'rgb(9, 9, 9)', '::placeholder': { color: 'rgb(4, 5, 6)' }, ':focus': { color: 'rgb(7, 8, 9)' } },
      invalid: { color: 'rgb(200, 0, 0)', iconColor: 'rgb(201, 0, 0)' },
    },
  }));
  const number = input.number(page);
  const color = (pseudo) => number.evaluate((node, which) => getComputedStyle(node, which).color, pseudo);
  const icon = () => page.frameLocator('#number iframe').locator('.Icon').evaluate((node) => getComputedStyle(node).color);
  assert.deepEqual([await color(), await color('::placeholder'), await icon()], ['rgb(1, 2, 3)', 'rgb(4, 5, 6)', 'rgb(9, 9, 9)']);
  assert.equal(await number.getAttribute('placeholder'), 'Digits here');
  await number.pressSequentially('4242424242424241');
  await waitForEvent(page, 'change', ({ error }) => error);
  assert.deepEqual([await color(), await icon()], ['rgb(200, 0, 0)', 'rgb(201, 0, 0)']);
  await page.evaluate(() => window.parts[0].update({ disabled: true, showIcon: false, style: { base: { color: 'rgb(3, 3, 3)' } } }));
  await page.frameLocator('#number iframe').locator('input[name=cardnumber]:disabled').waitFor();
  assert.equal(await page.frameLocator('#number iframe').locator('.Icon').isVisible(), false);
});

test('card asks for the postal code of the card\'s country', async () => {
  const { page } = await browser.open();
  await page.evaluate(() => window.put('card', '#card', { value: { postalCode: 'K1A 0B1' } }, window.stripe.elements()).then((card) => { window.card = card; }));
  assert.equal(await at(page, 'postal').inputValue(), 'K1A 0B1');
  for (const [number, postal, shown, complete] of [
    ['4242424242424242', '1234x5', '12345', true], ['4000008260000000', 'sw1a 1aa', 'sw1a 1aa', true], ['4000008260000000', '12345', '12345', false],
    ['4000001240000000', 'k1a0b1', 'k1a0b1', true], ['4000002760000016', '10115', '10115', true],
  ]) {
    await at(page, 'cardnumber').fill('');
    await at(page, 'cardnumber').pressSequentially(number);
    await at(page, 'exp-date').fill('12/34');
    await at(page, 'cvc').fill('123');
    await at(page, 'postal').fill('');
    // An earlier round may have had the same postal code.
    await page.evaluate(() => { window.log.length = 0; });
    await at(page, 'postal').pressSequentially(postal);
    await waitForInput(at(page, 'postal'), { value: shown });
    const event = await waitForEvent(page, 'change', ({ value }) => value.postalCode === shown);
    assert.deepEqual(event.complete, complete, `${number} ${postal}`);
  }
  const wanted = await page.evaluate(() => window.stripe.createPaymentMethod({ type: 'card', card: window.card }));
  assert.equal(wanted.paymentMethod.billing_details.address.postal_code, '10115');
  await page.evaluate(() => window.card.update({ hidePostalCode: true }));
  await page.waitForFunction(() => window.log.length);
  await at(page, 'postal').waitFor({ state: 'hidden' });
  const bare = await page.evaluate(() => window.stripe.createPaymentMethod({ type: 'card', card: window.card }));
  assert.equal(bare.paymentMethod.billing_details.address.postal_code, null);
});

test('a co-branded card offers a choice of networks', async () => {
  const { page } = await browser.open();
  await page.evaluate(() => window.split(window.stripe.elements(), { showIcon: true, preferredNetwork: ['cartes_bancaires'] }));
  await input.number(page).pressSequentially('4000002500001001');
  assert.deepEqual(await waitForEvent(page, 'networkschange', ({ loading }) => !loading), { elementType: 'cardNumber', loading: false, networks: ['visa', 'cartes_bancaires'] });
  const choice = page.frameLocator('#number iframe').locator('select.Network');
  assert.equal(await choice.inputValue(), 'cartes_bancaires');
  assert.equal(await page.frameLocator('#number iframe').locator('.Icon').getAttribute('data-brand'), 'cartes_bancaires');
  await input.expiry(page).pressSequentially('1234');
  await input.cvc(page).pressSequentially('123');
  const made = await page.evaluate(() => window.stripe.createPaymentMethod({ type: 'card', card: window.parts[0] }));
  assert.deepEqual(made.paymentMethod.card.networks, { available: ['cartes_bancaires', 'visa'], preferred: 'cartes_bancaires' });
  assert.equal(made.paymentMethod.card.display_brand, 'cartes_bancaires');
  await input.number(page).press('End');
  for (let i = 0; i < 5; i += 1) await page.keyboard.press('Backspace');
  assert.deepEqual(await waitForEvent(page, 'networkschange', ({ networks }) => networks?.length === 0), { elementType: 'cardNumber', loading: false, networks: [] });
  await choice.waitFor({ state: 'hidden' });
});

test('linkAuthentication is ready, shows nothing and is no part of a call', async () => {
  const { page, problems } = await browser.open();
  const seen = await page.evaluate(async () => {
    const group = window.stripe.elements({ mode: 'setup', currency: 'usd', paymentMethodCreation: 'manual' });
    const link = group.create('linkAuthentication', { defaultValues: { email: 'ann@example.org' } });
    const ready = new Promise((resolve) => { link.on('ready', resolve); });
    link.on('change', () => { throw new Error('nobody typed'); });
    link.mount('#card');
    const event = await ready;
    const height = document.querySelector('#card').offsetHeight;
    const known = group.getElement('linkAuthentication') === link;
    link.destroy();
    return [event, height, known, group.getElement('linkAuthentication')];
  });
  assert.deepEqual(seen, [{ elementType: 'linkAuthentication' }, 0, true, null]);
  assert.deepEqual(problems, []);
});

test('custom fonts log that they are not modelled', async () => {
  const { page, problems } = await browser.open();
  await page.evaluate(() => { window.stripe.elements({ fonts: [{ cssSrc: 'https://fonts.example/a.css' }] }); window.stripe.elements({ fonts: [] }); });
  assert.equal(problems.length, 1);
  assert.match(problems[0], /The sandbox does not model fonts of elements\(\)/);
});

test('a group has one element of each type, and mounting is validated', async () => {
  const { page, problems } = await browser.open();
  for (const [work, words] of [
    ['const g = stripe.elements(); g.create("card"); g.create("card")', /only create one/], ['const g = stripe.elements(); g.create("card"); g.create("cardCvc")', /Cannot create/],
    ['const g = stripe.elements(); g.create("cardCvc"); g.create("card")', /Cannot create/], ['stripe.elements().create("cards")', /valid Element name/],
    ['stripe.elements().create("iban")', /does not model/], ['stripe.elements().create("payment")', /clientSecret or a mode/],
    ['stripe.elements({ mode: "payment" })', /amount/], ['stripe.elements({ mode: "payment", amount: 1.5, currency: "usd" })', /amount/],
    ['stripe.elements({ mode: "payment", amount: 100 })', /currency/], ['stripe.elements({ mode: "gift" })', /mode must be/],
    ['stripe.elements({ clientSecret: "x" })', /client secret of the form/], ['stripe.elements({ mode: "setup", paymentMethodCreation: "auto" })', /manual/],
    ['stripe.elements().create("card").mount("#nowhere")', /applies to no DOM elements/], ['stripe.elements().create("card").mount(null)', /Invalid DOM element/],
    ['const host = document.createElement("div"); document.body.append(host); const root = host.attachShadow({ mode: "open" }); const inner = document.createElement("div"); root.append(inner); stripe.elements().create("card").mount(inner)', /ShadowRoot/],
    ['const card = stripe.elements().create("card"); card.mount("#card"); card.destroy(); card.mount("#card")', /destroyed/],
    ['const card = stripe.elements().create("card"); card.destroy(); card.update({})', /destroyed/],
  ]) assert.match(await thrown(page, work), new RegExp(`^IntegrationError: .*${words.source}`), work);
  assert.deepEqual(problems, []);
  const found = await page.evaluate(async () => {
    const group = window.stripe.elements();
    const card = await window.put('card', '#card', {}, group);
    const once = group.getElement('card') === card && group.getElement('cardCvc') === null;
    card.mount('#card');
    const frames = document.querySelectorAll('#card iframe').length;
    card.mount('#payment');
    const moved = [document.querySelectorAll('#card iframe').length, document.querySelectorAll('#payment iframe').length];
    card.destroy();
    return [once, frames, moved, group.getElement('card'), group.create('card') !== card];
  });
  assert.deepEqual(found, [true, 1, [0, 1], null, true]);
});

test('frames and inputs have Stripe\'s names', async () => {
  const { page } = await browser.open();
  await page.evaluate(() => window.split(window.stripe.elements()));
  assert.equal(await page.locator('#number > .__PrivateStripeElement > iframe[name^="__privateStripeFrame"]').count(), 1);
  for (const [where, name, stable] of [['#number', 'cardnumber', 'cardNumber'], ['#expiry', 'exp-date', 'cardExpiry'], ['#cvc', 'cvc', 'cardCvc']]) {
    assert.equal(await field(page, where, name).getAttribute('data-elements-stable-field-name'), stable);
  }
});

test('elements use their locale and the page\'s text direction', async () => {
  const { page, problems } = await browser.open({ options: { locale: 'fr' } });
  await page.evaluate(() => { window.group = window.stripe.elements(); return window.split(window.group); });
  const message = async (code) => (await waitForEvent(page, 'change', ({ error }) => error?.code === code)).error.message;
  await input.number(page).pressSequentially('4242');
  await page.locator('#own').focus();
  assert.equal(await message('incomplete_number'), 'Votre numéro de carte est incomplet.');
  const result = await page.evaluate(async () => {
    const ended = new Promise((resolve) => { window.group.on('update-end', () => resolve('end')); });
    const returned = window.group.update({ locale: 'de' });
    return [returned === undefined, await ended];
  });
  assert.deepEqual(result, [true, 'end']);
  await page.waitForFunction(() => window.log.some(([, event]) => event.error?.message === 'Die Kartennummer ist unvollständig.'));
  await page.evaluate(() => window.put('cardNumber', '#right', {}, window.stripe.elements({ locale: 'ar' })));
  const right = field(page, '#right', 'cardnumber');
  assert.equal(await right.evaluate((node) => getComputedStyle(node).textAlign), 'right');
  assert.match(await right.getAttribute('aria-label'), /رقم/);
  assert.deepEqual(problems, []);
  await page.evaluate(() => window.stripe.elements({ locale: 'tlh' }));
  assert.match(problems.join(), /'tlh' is not a supported locale; 'en' is used/);
});

test('a frame that does not load emits loaderror', async () => {
  const { page, keys } = await browser.open();
  await setFaults(keys, [{ on: 'fields', do: 'loaderror', element: 'cardNumber' }]);
  await page.evaluate(() => window.put('cardNumber', '#number', {}, window.stripe.elements()));
  const event = await waitForEvent(page, 'loaderror');
  assert.deepEqual([event.elementType, event.error.type], ['cardNumber', 'api_connection_error']);
});
