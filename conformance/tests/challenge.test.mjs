// 3D Secure in a browser: every window size, keyboard, every outcome, and a reload.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, openPage, serveSite, waitForEqual } from '../support/browser.mjs';
import { account, origins, requests, setFaults } from '../support/sandbox.mjs';
import { client } from '../support/sdk.mjs';

const ASKS = 'pm_card_authenticationRequired';

let browser;
let site;
before(async () => {
  browser = await openBrowser();
  const html = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Shop</title>
    <button id="pay">Pay</button><script src="${origins.script}/v3/"></script></html>`;
  site = await serveSite({ '/index.html': html, '/back.html': '<!doctype html><title>Back</title><h1>Thank you</h1>' });
});
after(async () => {
  await browser.close();
  await site.close();
});

// A page that confirms `card`'s set-up; `outcome()` waits for what Stripe.js resolves to.
async function confirm(keys, card = ASKS, size = { width: 500, height: 650 }) {
  const intent = await client(keys).setupIntents.create({ payment_method: card, usage: 'off_session' });
  const opened = await openPage(browser, site.origin);
  await opened.page.setViewportSize(size);
  await start(opened.page, keys, 'confirmCardSetup', intent.client_secret);
  return { ...opened, intent, ...bankOf(opened.page) };
}

async function start(page, keys, call, secret) {
  await page.evaluate(([key, name, value]) => {
    document.getElementById('pay').focus();
    const stripe = window.Stripe(key);
    window.outcome = name === 'handleNextAction' ? stripe[name]({ clientSecret: value }) : stripe[name](value);
    window.outcomes = 0;
    window.outcome.then(() => { window.outcomes += 1; });
  }, [keys.publishable, call, secret]);
}

function bankOf(page) {
  const bank = page.frameLocator('.__PrivateStripeChallenge iframe').frameLocator('#challengeFrame');
  return { bank, outcome: () => page.evaluate(() => window.outcome) };
}

// Presses a key that ends the challenge, and does not release it: Chromium does not acknowledge an event that it sends to a
// frame while the frame is removed.
const pressToEnd = (page, key) => page.keyboard.down(key);

const overlays = (page) => page.locator('.__PrivateStripeChallenge').count();

test('completing it saves the card, and the focus goes back to where it was', async () => {
  const { bank, outcome, page, context, problems } = await confirm(account('complete'));
  await bank.getByRole('button', { name: 'Complete authentication' }).click();
  assert.equal((await outcome()).setupIntent.status, 'succeeded');
  assert.equal(await overlays(page), 0);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'pay');
  assert.deepEqual(problems, []);
  await context.close();
});

test('failing, closing and Escape give the merchant the same error', async () => {
  const press = {
    fail: ({ bank }) => bank.locator('#fail').click(),
    close: ({ bank }) => bank.getByRole('button', { name: 'Close authentication' }).click(),
    Escape: async ({ bank, page }) => { await bank.locator('#complete:focus').waitFor(); await pressToEnd(page, 'Escape'); },
  };
  for (const [name, how] of Object.entries(press)) {
    const opened = await confirm(account(name));
    await how(opened);
    const { error } = await opened.outcome();
    assert.equal(error.code, 'setup_intent_authentication_failure', name);
    assert.equal(error.setup_intent.status, 'requires_payment_method', name);
    assert.equal(await overlays(opened.page), 0, name);
    await opened.context.close();
  }
});

test('it can be used with the keyboard alone', async () => {
  const { bank, outcome, page, context } = await confirm(account('keys'));
  await bank.locator('#complete:focus').waitFor();
  await page.keyboard.press('Tab');
  await bank.locator('#fail:focus').waitFor();
  await page.keyboard.press('Shift+Tab');
  await bank.locator('#complete:focus').waitFor();
  await pressToEnd(page, 'Enter');
  assert.equal((await outcome()).setupIntent.status, 'succeeded');
  await context.close();
});

test('a button that can be clicked works, also when the scripts load slowly', async () => {
  const keys = account('slow');
  const intent = await client(keys).setupIntents.create({ payment_method: ASKS, usage: 'off_session' });
  const { page, context } = await openPage(browser, site.origin);
  for (const script of ['outer', 'bank']) {
    await page.route(`**/${script}.js`, async (route) => { await page.waitForTimeout(700); await route.continue(); });
  }
  await start(page, keys, 'confirmCardSetup', intent.client_secret);
  const { bank, outcome } = bankOf(page);
  await bank.locator('#complete').click();
  await waitForEqual(() => page.evaluate(() => window.outcomes), 1);
  assert.equal((await outcome()).setupIntent.status, 'succeeded');
  await context.close();
});

test('the challenge fits every window size of the standard, in light and dark', async () => {
  const keys = account('windows');
  const windows = [[250, 400, 250, 400], [320, 480, 296, 400], [420, 480, 390, 400], [540, 660, 500, 600], [660, 460, 600, 400], [240, 360, 240, 360]];
  for (const [width, height, ownWidth, ownHeight] of windows) {
    const { bank, page, context } = await confirm(keys, ASKS, { width, height });
    await bank.locator('#complete').waitFor();
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const measure = () => bank.locator('main').evaluate((main) => {
        const inside = [...main.querySelectorAll('button')].every((button) => {
          const box = button.getBoundingClientRect();
          return box.height >= 44 && box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
        });
        return { size: [innerWidth, innerHeight], wide: document.documentElement.scrollWidth > innerWidth, inside };
      });
      // The frames' processes get the sizes after the page.
      const expected = { size: [ownWidth, ownHeight], wide: false, inside: true };
      await waitForEqual(measure, expected, `${width} x ${height}, ${colorScheme}`);
    }
    await context.close();
  }
});

test('a reload keeps the intent, and the challenge starts again', async () => {
  const keys = account('reload');
  const { bank, page, intent, outcome, context } = await confirm(keys);
  await bank.locator('#complete').waitFor();
  await page.reload();
  assert.equal(await overlays(page), 0);
  await start(page, keys, 'retrieveSetupIntent', intent.client_secret);
  const { setupIntent } = await outcome();
  assert.equal(setupIntent.status, 'requires_action');
  await start(page, keys, 'handleNextAction', intent.client_secret);
  await bank.locator('#complete').click();
  assert.equal((await outcome()).setupIntent.status, 'succeeded');
  await context.close();
});

test('a second answer of the bank is ignored', async () => {
  const keys = account('twice');
  await setFaults(keys, [{ on: 'challenge', do: 'twice' }]);
  const { bank, page, outcome, context, problems } = await confirm(keys);
  await bank.locator('#complete').click();
  assert.equal((await outcome()).setupIntent.status, 'succeeded');
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => window.outcomes), 1);
  const posts = (await requests(keys, { origin: 'hooks' })).filter((entry) => entry.method === 'POST');
  assert.deepEqual(posts.map((entry) => entry.status), [204, 410]);
  // The second 410 is the one thing the browser has to say.
  assert.ok(problems.every((wrong) => wrong.includes('410')), problems.join());
  await context.close();
});

test('a bank that never answers blocks until a reload', async () => {
  const keys = account('hang');
  await setFaults(keys, [{ on: 'challenge', do: 'hang', times: 1 }]);
  const { bank, page, intent, outcome, context } = await confirm(keys);
  await bank.getByText('Your bank has not answered yet').waitFor();
  assert.equal(await bank.locator('button').count(), 0);
  await page.waitForTimeout(500);
  assert.equal(await page.evaluate(() => window.outcomes), 0);
  await page.reload();
  await start(page, keys, 'handleNextAction', intent.client_secret);
  await bank.getByRole('link', { name: 'Keep me waiting' }).click();
  await bank.getByText('Your bank has not answered yet').waitFor();
  await page.reload();
  await start(page, keys, 'handleNextAction', intent.client_secret);
  await bank.locator('#complete').click();
  assert.equal((await outcome()).setupIntent.status, 'succeeded');
  await context.close();
});

test('a frictionless authentication shows no challenge', async () => {
  const keys = account('quiet');
  const known = await confirm(keys, 'pm_card_authenticationRequiredSetupForOffSession');
  assert.equal((await known.outcome()).setupIntent.status, 'succeeded');
  await setFaults(keys, [{ on: 'challenge', do: 'frictionless', times: 1 }]);
  const let_through = await confirm(keys);
  assert.equal((await let_through.outcome()).setupIntent.status, 'succeeded');
  for (const { page, context } of [known, let_through]) {
    assert.equal(await overlays(page), 0);
    await context.close();
  }
  assert.equal((await requests(keys, { origin: 'hooks' })).length, 0);
});

test('a full-page challenge redirects to the merchant', async () => {
  const keys = account('redirect');
  for (const [button, went] of [['#complete', 'succeeded'], ['#fail', 'failed']]) {
    const intent = await client(keys).setupIntents.create({
      payment_method: ASKS, confirm: true, return_url: `${site.origin}/back.html?order=7`, usage: 'off_session',
    });
    assert.equal(intent.next_action.type, 'redirect_to_url');
    const { page, context } = await openPage(browser, intent.next_action.redirect_to_url.url);
    await page.frameLocator('#challengeFrame').locator(button).click();
    await page.getByText('Thank you').waitFor();
    const back = new URL(page.url()).searchParams;
    assert.deepEqual([back.get('order'), back.get('setup_intent'), back.get('redirect_status')], ['7', intent.id, went]);
    assert.equal(back.get('setup_intent_client_secret'), intent.client_secret);
    await context.close();
  }
});
