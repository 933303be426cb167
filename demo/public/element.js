// The custom element on a plain page: sign in, hand the token to the element, hear what became of the card.

import start from "/card-entry/card_entry_companion.js";

const find = selector => document.querySelector(selector);
const say = sentence => { find("#status").textContent = sentence; };

const read = async answer => (await answer).json();
const [site] = await Promise.all([read(fetch("/api/config", { credentials: "omit" })), start()]);
const api = `${site.wallet}/api/mkp/v1`;
const { company } = await read(fetch(`${api}/companies/${site.company_id}`, { credentials: "omit" }));

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
  card.token = token; // A property: an attribute could be read by anything that copies the page's HTML.
  card.addEventListener("card-entry-saved", event => {
    say(`Saved: the card ending in ${event.detail.card.last4}.`);
  });
  // What went wrong is said by the form itself: saying it here too would have it read out twice.
  card.addEventListener("card-entry-sign-in", () => {
    find("#account").hidden = false;
    find("#sign-in [name=email]").focus();
    say("Please sign in again. What you have typed stays as it is.");
  });
  find("#card-place").append(card);
}

async function enter(path, form) {
  const typed = Object.fromEntries(new FormData(form));
  const answer = await fetch(api + path, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({
      ...typed, company_id: site.company_id,
      ...(path === "/users" && { password_confirmation: typed.password, from_mkp: true, send_welcome_email: false }),
    }),
    credentials: "omit", redirect: "error",
  });
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    const fields = data.errors ?? data.user?.errors ?? {};
    const sentence = data.message ?? data.error ?? Object.values(fields).flat()[0];
    return say(sentence ?? "Something went wrong on our side. Please try again in a moment.");
  }
  find("#account").hidden = true;
  find("#card").hidden = false;
  say(`Hello ${data.user.first_name}, you are signed in.`);
  const token = data.user.authentication_token;
  if (card) {
    card.token = token; // A save that met the ended session goes on.
  } else {
    mount(token);
  }
  find("#card-title").focus();
}

for (const [selector, path] of [["#sign-up", "/users"], ["#sign-in", "/sessions"]]) {
  find(selector).addEventListener("submit", event => {
    event.preventDefault();
    const away = () => say("We cannot reach the wallet just now. Please check your connection and try again.");
    enter(path, event.target).catch(away);
  });
}
