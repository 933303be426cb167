// A page with one train of Stripe.js, and a log of its elements' events.
import { after, before } from 'node:test';
import { field, openBrowser, openPage, serveSite } from './browser.mjs';
import { account, origins } from './sandbox.mjs';

const paths = { v3: '/v3/' };
const html = (body, train, script) => `<!doctype html><meta charset="utf-8"><title>A shop</title>
<script src="${script}${paths[train] || `/${train}/stripe.js`}"></script>
<body>${body}</body>`;

const BODY = `<form id="form" onsubmit="event.preventDefault(); window.submitted = (window.submitted || 0) + 1">
<label for="number">Number</label><div id="number"></div><label for="expiry">Expiry</label><div id="expiry"></div>
<label for="cvc">Code</label><div id="cvc"></div><div id="card"></div><div id="payment"></div><div id="express"></div>
<div dir="rtl" id="right"></div><input id="own"></form>`;

// One browser for the test file. `open` opens a page of a new account with the globals `stripe`, `elements` and `log`.
export function withBrowser() {
  const state = {};
  before(async () => { state.browser = await openBrowser(); });
  after(async () => {
    for (const end of state.ends || []) await end();
    await state.browser?.close();
  });
  state.open = async ({ train = 'v3', body = BODY, options, head = '' } = {}) => {
    const site = await serveSite({ '/index.html': head + html(body, train, origins.script), '/back.html': '<title>Back</title>' });
    const { page, context, problems } = await openPage(state.browser, site.origin);
    (state.ends ||= []).push(async () => { await context.close(); await site.close(); });
    const keys = account('form');
    if (options !== null) {
      await page.evaluate(([key, given]) => {
        window.log = [];
        window.stripe = window.Stripe(key, given);
        // Creates an element in `where` and logs its events.
        window.put = (type, where, given2, group) => {
          const element = group.create(type, given2);
          for (const name of ['ready', 'change', 'focus', 'blur', 'escape', 'networkschange', 'loaderror', 'carddetailschange', 'loaderstart']) {
            element.on(name, (event) => window.log.push([name, event]));
          }
          const ready = new Promise((resolve) => { element.once('ready', resolve).once('loaderror', resolve); });
          element.mount(where);
          return ready.then(() => element);
        };
        window.split = async (group, numberOptions) => {
          window.parts = await Promise.all([
            window.put('cardNumber', '#number', numberOptions, group), window.put('cardExpiry', '#expiry', {}, group), window.put('cardCvc', '#cvc', {}, group),
          ]);
        };
      }, [keys.publishable, options]);
    }
    return { page, keys, problems, site, context };
  };
  return state;
}

export const input = {
  number: (page) => field(page, '#number', 'cardnumber'),
  expiry: (page) => field(page, '#expiry', 'exp-date'),
  cvc: (page) => field(page, '#cvc', 'cvc'),
};

// Waits until an input has the expected focus, value and caret.
export async function waitForInput(locator, check, wait = 15_000) {
  const end = Date.now() + wait;
  for (;;) {
    const now = await locator.evaluate((node) => ({ value: node.value, caret: node.selectionStart, focused: document.activeElement === node && document.hasFocus() }));
    if (Object.entries(check).every(([name, value]) => now[name] === value)) return now;
    if (Date.now() > end) throw new Error(`wanted ${JSON.stringify(check)}, found ${JSON.stringify(now)}`);
    await new Promise((resolve) => { setTimeout(resolve, 25); });
  }
}

// Waits for an event of this name that satisfies `fits`, and returns the last one.
export async function waitForEvent(page, name, fits = () => true, wait = 15_000) {
  const end = Date.now() + wait;
  for (;;) {
    const all = await page.evaluate((wanted) => window.log.filter(([event]) => event === wanted).map(([, payload]) => ({ ...payload })), name);
    const found = all.findLast(fits);
    if (found) return found;
    if (Date.now() > end) throw new Error(`no ${name} that fits; they are ${JSON.stringify(all.slice(-5))}`);
    await new Promise((resolve) => { setTimeout(resolve, 25); });
  }
}
