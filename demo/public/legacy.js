// The plain listener of MyTime's how-to, "How to save a credit card in the user's wallet using Stripe", step by step.
// No companion, no library: what any site has that was written against that page.

"use strict";

const API = "/api/mkp/v1";
// The least a card can be charged, in the currency's minor units. The form does not use it when it only saves a card.
const minStripeAllowedAmount = 50;
// A height the form reports is a number from another origin: kept between these, in CSS pixels.
const LOWEST = 80;
const HIGHEST = 2000;

const find = selector => document.querySelector(selector);
const say = sentence => { find("#status").textContent = sentence; };

let site; // {wallet, frame, company_id}
let company; // {stripe_key, currency, locations, …}
let token = null; // The user's authentication_token: in memory only, never in an address.
let frame = null;
let waiting = null; // A save that met an ended session: it goes on after sign-in.
const sent = new Set(); // Payment methods that were sent on: a repeated message saves nothing twice.

async function call(method, path, body) {
  const headers = { accept: "application/json" };
  if (body) headers["content-type"] = "application/json";
  if (token) headers.authorization = token;
  const answer = await fetch(site.wallet + API + path, {
    method, headers, body: body && JSON.stringify(body), credentials: "omit", redirect: "error",
    signal: AbortSignal.timeout(20000),
  });
  const data = await answer.json().catch(() => ({}));
  return { ok: answer.ok, status: answer.status, data };
}

// A refusal's sentence for people: `message`, or `error`, or `errors{field:[…]}`, at the top or under `user`.
function sentenceOf(data) {
  const fields = data.errors ?? data.user?.errors ?? {};
  return data.message ?? data.error ?? Object.values(fields).flat()[0]
    ?? "Something went wrong on our side. Please try again in a moment.";
}

const away = () => say("We cannot reach the wallet just now. Please check your connection and try again.");

// 1. Register or authenticate.

async function enter(path, form) {
  const typed = Object.fromEntries(new FormData(form));
  const { ok, data } = await call("POST", path, {
    ...typed, company_id: site.company_id,
    ...(path === "/users" && { password_confirmation: typed.password, from_mkp: true, send_welcome_email: false }),
  });
  if (!ok) return say(sentenceOf(data));
  token = data.user.authentication_token;
  find("#account").hidden = true;
  find("#card").hidden = false;
  showWallet(data.user);
  say(`Hello ${data.user.first_name}, you are signed in.`);
  if (waiting) return submitCreditCardHandler(waiting);
  if (!frame) showForm();
  find("#card-title").focus();
}

// 2.1 and 2.2: the key from the company's settings, and the iframe.

function formUrl() {
  const isForFutureUsage = new URLSearchParams(location.search).get("isForFutureUsage") !== "false";
  const queryParams = [
    `stripe_publishable_key=${encodeURIComponent(company.stripe_key)}`,
    `amount=${minStripeAllowedAmount}`,
    `currency=${encodeURIComponent(company.currency)}`,
    "creditCardsOnly=true",
    `isForFutureUsage=${isForFutureUsage}`,
    "notifyOnFormHeight=true",
  ];
  return `${site.frame}?${queryParams.join("&")}`;
}

function showForm() {
  frame = document.createElement("iframe");
  frame.id = "card-form";
  frame.title = "Card details";
  frame.allow = "payment *; publickey-credentials-get *";
  frame.referrerPolicy = "strict-origin";
  frame.src = formUrl();
  find("#card-place").append(frame);
}

// 2.3 and 2.4: listen, and turn the message into the parameters of the save.

const handleIframeMessageEvent = event => {
  // The how-to leaves this out, and no page should: any window that can reach this one may post to it, and a message
  // of the right shape from the wrong sender would save a stranger's card in this wallet.
  if (event.source !== frame?.contentWindow || event.origin !== site.wallet) {
    return null;
  }
  const returnData = event.data;
  if (returnData?.isStripeFormHeight && Number.isFinite(returnData.height)) {
    frame.style.height = `${Math.min(Math.max(returnData.height, LOWEST), HIGHEST)}px`;
    return null;
  }
  if (!returnData?.isStripeCallback) {
    return null;
  }
  if (returnData.error) {
    say(String(returnData.error.message));
    return null;
  }
  if (returnData.card && !sent.has(returnData.id)) {
    sent.add(returnData.id);
    submitCreditCardHandler({
      company_id: company.id,
      location_id: company.locations?.[0]?.id ?? null,
      stripe_credit_card_token: returnData.id,
      token_data: {
        funding: returnData.card.funding,
        brand: returnData.card.brand,
        last4: returnData.card.last4,
        month: returnData.card.exp_month,
        year: returnData.card.exp_year,
      },
      token2: returnData.id,
      address_country: returnData.card.country,
      add_to_client: true,
    });
  }
  return null;
};

// 2.5 Save the card in the user's wallet. Saving replaces the card that is there.

async function submitCreditCardHandler(creditCardParams) {
  say("Saving your card…");
  waiting = creditCardParams;
  let answer;
  try {
    answer = await call("POST", "/user/credit_cards", creditCardParams);
  } catch {
    return offerAgain("We cannot reach the wallet just now, so your card may not be saved yet.");
  }
  if (answer.status === 401) {
    token = null;
    find("#account").hidden = false;
    find("#sign-in [name=email]").focus();
    return say("Please sign in again. Your card is saved as soon as you have.");
  }
  if (answer.status >= 500) return offerAgain(sentenceOf(answer.data));
  waiting = null;
  if (!answer.ok) return say(sentenceOf(answer.data));
  showWallet(answer.data.user);
  say("Your card is saved.");
}

// The same parameters once more: the wallet saves one payment method once, however often it is sent.
function offerAgain(sentence) {
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Save again";
  again.addEventListener("click", () => waiting && submitCreditCardHandler(waiting));
  say(`${sentence} `);
  find("#status").append(again);
}

// 4. The wallet, and deleting from it.

function showWallet(user) {
  const rows = user.credit_cards.map(card => {
    const row = document.createElement("li");
    row.dataset.card = card.id;
    row.dataset.last4 = card.last4;
    const text = document.createElement("span");
    const expiry = `${String(card.exp_month).padStart(2, "0")}/${card.exp_year}`;
    text.textContent = `${card.brand} ending in ${card.last4}, expires ${expiry}`;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.textContent = "Delete";
    remove.setAttribute("aria-label", `Delete ${card.brand} ending in ${card.last4}`);
    remove.addEventListener("click", () => deleteCard(card).catch(away));
    row.append(text, remove);
    return row;
  });
  find("#wallet").replaceChildren(...rows);
  find("#saved").hidden = rows.length === 0;
}

async function deleteCard(card) {
  const id = encodeURIComponent(card.id);
  const answer = await call("DELETE", `/user/credit_cards/${id}?company_id=${company.id}`);
  if (!answer.ok) return say(sentenceOf(answer.data));
  const { data } = await call("GET", `/user?company_id=${company.id}`);
  if (data.user) showWallet(data.user);
  say(`${card.brand} ending in ${card.last4} is deleted.`);
}

async function start() {
  site = await (await fetch("/api/config", { credentials: "omit" })).json();
  const { ok, data } = await call("GET", `/companies/${site.company_id}`);
  if (!ok) throw new Error("no company");
  company = data.company;
  window.addEventListener("message", handleIframeMessageEvent);
}

const ready = start();
for (const [selector, path] of [["#sign-up", "/users"], ["#sign-in", "/sessions"]]) {
  find(selector).addEventListener("submit", event => {
    event.preventDefault();
    ready.then(() => enter(path, event.target)).catch(away);
  });
}
ready.catch(away);
