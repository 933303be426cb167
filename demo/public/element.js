// The custom element on a plain page: signs in, sets the element's token, listens to its events.

import start from "/card-entry/card_entry_companion.js";

const find = selector => document.querySelector(selector);
const showStatus = message => { find("#status").textContent = message; };

const readJson = async response => (await response).json();
const [site] = await Promise.all([readJson(fetch("/api/config", { credentials: "omit" })), start()]);
const api = `${site.wallet}/api/mkp/v1`;
const { company } = await readJson(fetch(`${api}/companies/${site.company_id}`, { credentials: "omit" }));

let card = null;

function mount(token) {
  card = document.createElement("card-entry");
  const locale = new URLSearchParams(location.search).get("locale");
  const attributes = {
    frame: site.frame,
    "stripe-publishable-key": company.stripe_key,
    wallet: "mytime",
    "wallet-url": site.wallet,
    "company-id": company.id,
    ...(locale && { locale }),
  };
  Object.entries(attributes).forEach(([name, value]) => card.setAttribute(name, value));
  card.token = token; // A property, because an attribute is part of the page's HTML.
  card.addEventListener("card-entry-saved", event => {
    showStatus(`Saved: the card ending in ${event.detail.card.last4}.`);
  });
  // Errors are shown by the form itself; showing them here too would make screen readers announce them twice.
  card.addEventListener("card-entry-sign-in", () => {
    find("#account").hidden = false;
    find("#sign-in [name=email]").focus();
    showStatus("Please sign in again. What you have typed stays as it is.");
  });
  find("#card-place").append(card);
}

async function signIn(path, form) {
  const input = Object.fromEntries(new FormData(form));
  const response = await fetch(api + path, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({
      ...input, company_id: site.company_id,
      ...(path === "/users" && { password_confirmation: input.password, from_mkp: true, send_welcome_email: false }),
    }),
    credentials: "omit", redirect: "error",
  });
  const data = await response.json().catch(() => ({}));
  if (!response.ok) {
    const fields = data.errors ?? data.user?.errors ?? {};
    const message = data.message ?? data.error ?? Object.values(fields).flat()[0];
    return showStatus(message ?? "Something went wrong on our side. Please try again in a moment.");
  }
  find("#account").hidden = true;
  find("#card").hidden = false;
  showStatus(`Hello ${data.user.first_name}, you are signed in.`);
  const token = data.user.authentication_token;
  if (card) {
    card.token = token; // The element repeats a save that got 401.
  } else {
    mount(token);
  }
  find("#card-title").focus();
}

for (const [selector, path] of [["#sign-up", "/users"], ["#sign-in", "/sessions"]]) {
  find(selector).addEventListener("submit", event => {
    event.preventDefault();
    const showUnavailable = () => showStatus("We cannot reach the wallet just now. Please check your connection and try again.");
    signIn(path, event.target).catch(showUnavailable);
  });
}
