// The plain `message` listener of MyTime's how-to, "How to save a credit card in the user's wallet using Stripe", step by step.
// It uses no companion and no library, like a site that was written after that page.

"use strict";

const API = "/api/mkp/v1";
// Stripe's minimum charge, in the currency's minor units. The form does not use it when it only saves a card.
const minStripeAllowedAmount = 50;
// Limits for the height that the form reports, because it comes from another origin. In CSS pixels.
const MIN_FRAME_HEIGHT = 80;
const MAX_FRAME_HEIGHT = 2000;

const find = selector => document.querySelector(selector);
const showStatus = message => { find("#status").textContent = message; };

let site; // {wallet, frame, company_id}
let company; // {stripe_key, currency, locations, …}
let token = null; // The user's authentication_token: in memory only, never in a URL.
let frame = null;
let pendingSave = null; // A save that got 401; it is repeated after sign-in.
const sent = new Set(); // Ids of saved payment methods, so that a repeated message saves nothing twice.

async function call(method, path, body) {
  const headers = { accept: "application/json" };
  if (body) headers["content-type"] = "application/json";
  if (token) headers.authorization = token;
  const response = await fetch(site.wallet + API + path, {
    method, headers, body: body && JSON.stringify(body), credentials: "omit", redirect: "error",
    signal: AbortSignal.timeout(20000),
  });
  const data = await response.json().catch(() => ({}));
  return { ok: response.ok, status: response.status, data };
}

// The message of an error response: `message`, or `error`, or `errors{field:[…]}`, at the top or under `user`.
function messageOf(data) {
  const fields = data.errors ?? data.user?.errors ?? {};
  return data.message ?? data.error ?? Object.values(fields).flat()[0]
    ?? "Something went wrong on our side. Please try again in a moment.";
}

const showUnavailable = () => showStatus("We cannot reach the wallet just now. Please check your connection and try again.");

// 1. Register or authenticate.

async function signIn(path, form) {
  const input = Object.fromEntries(new FormData(form));
  const { ok, data } = await call("POST", path, {
    ...input, company_id: site.company_id,
    ...(path === "/users" && { password_confirmation: input.password, from_mkp: true, send_welcome_email: false }),
  });
  if (!ok) return showStatus(messageOf(data));
  token = data.user.authentication_token;
  find("#account").hidden = true;
  find("#card").hidden = false;
  showWallet(data.user);
  showStatus(`Hello ${data.user.first_name}, you are signed in.`);
  if (pendingSave) return submitCreditCardHandler(pendingSave);
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

// 2.3 and 2.4: listen for messages and turn one into the parameters of the save.

const handleIframeMessageEvent = event => {
  // The how-to omits this check, but every page needs it: any window that has a reference to this one can post a message, and a
  // well-formed message of another sender would save another person's card in this wallet.
  if (event.source !== frame?.contentWindow || event.origin !== site.wallet) {
    return null;
  }
  const returnData = event.data;
  if (returnData?.isStripeFormHeight && Number.isFinite(returnData.height)) {
    frame.style.height = `${Math.min(Math.max(returnData.height, MIN_FRAME_HEIGHT), MAX_FRAME_HEIGHT)}px`;
    return null;
  }
  if (!returnData?.isStripeCallback) {
    return null;
  }
  if (returnData.error) {
    showStatus(String(returnData.error.message));
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
  showStatus("Saving your card…");
  pendingSave = creditCardParams;
  let response;
  try {
    response = await call("POST", "/user/credit_cards", creditCardParams);
  } catch {
    return offerRetry("We cannot reach the wallet just now, so your card may not be saved yet.");
  }
  if (response.status === 401) {
    token = null;
    find("#account").hidden = false;
    find("#sign-in [name=email]").focus();
    return showStatus("Please sign in again. Your card is saved as soon as you have.");
  }
  if (response.status >= 500) return offerRetry(messageOf(response.data));
  pendingSave = null;
  if (!response.ok) return showStatus(messageOf(response.data));
  showWallet(response.data.user);
  showStatus("Your card is saved.");
}

// Repeats the save with the same parameters. The wallet saves a payment method only once.
function offerRetry(message) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Save again";
  button.addEventListener("click", () => pendingSave && submitCreditCardHandler(pendingSave));
  showStatus(`${message} `);
  find("#status").append(button);
}

// 4. The wallet, and the deletion of a card.

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
    remove.addEventListener("click", () => deleteCard(card).catch(showUnavailable));
    row.append(text, remove);
    return row;
  });
  find("#wallet").replaceChildren(...rows);
  find("#saved").hidden = rows.length === 0;
}

async function deleteCard(card) {
  const id = encodeURIComponent(card.id);
  const response = await call("DELETE", `/user/credit_cards/${id}?company_id=${company.id}`);
  if (!response.ok) return showStatus(messageOf(response.data));
  const { data } = await call("GET", `/user?company_id=${company.id}`);
  if (data.user) showWallet(data.user);
  showStatus(`${card.brand} ending in ${card.last4} is deleted.`);
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
    ready.then(() => signIn(path, event.target)).catch(showUnavailable);
  });
}
ready.catch(showUnavailable);
