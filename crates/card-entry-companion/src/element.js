// <card-entry>: reads attributes and properties, mounts and unmounts. Everything else is in the Wasm module.
// The class is defined when the module is imported, before its Wasm is loaded: a token or settings written as an
// attribute are removed from the page at once. On a server, which has no custom elements, the import does nothing.

import { PART, emit, showFallback } from "./element/fallback.js";

const ATTRIBUTES = {
  frame: "frame",
  "stripe-publishable-key": "key",
  wallet: "wallet",
  "wallet-url": "walletUrl",
  "company-id": "companyId",
  "location-id": "locationId",
  locale: "locale",
  account: "account",
  "for-future-usage": "forFutureUsage",
};
const URL_ATTRIBUTES = new Set(["frame", "wallet-url"]);
// A token in an attribute would be in the page's HTML, caches and snapshots; an object would be "[object Object]".
const PROPERTIES_ONLY = ["token", "settings"];

// Mounts a form. Null until the Wasm module has started.
let mountEntry = null;
const waiting = new Set();

export function define(mount) {
  mountEntry ??= mount;
  waiting.forEach((start) => start());
  waiting.clear();
}

if (typeof customElements !== "undefined" && !customElements.get("card-entry")) defineElement();

function defineElement() {
  class CardEntryElement extends HTMLElement {
    static observedAttributes = [...Object.keys(ATTRIBUTES), ...PROPERTIES_ONLY];
    #mounted = null;
    #token = null;
    #settings = null;
    #scheduled = false;
    #failed = false;
    #submits = [];
    #start = () => this.#schedule();
    #cancelFallback = null;

    constructor() {
      super();
      this.#adoptProperties();
    }

    connectedCallback() {
      this.#adoptProperties();
      // A copy of a mounted element, or a snapshot of the page, contains the markup of a form that does not work.
      this.querySelectorAll(`:scope > [${PART}]`).forEach((part) => part.remove());
      this.#schedule();
    }

    disconnectedCallback() {
      this.#unmount();
    }

    // moveBefore() keeps the iframe alive, so nothing is unmounted.
    connectedMoveCallback() {}

    attributeChangedCallback(name, before, after) {
      if (PROPERTIES_ONLY.includes(name)) {
        if (after === null) return;
        this.removeAttribute(name);
        this.#rejectAttribute(name, `The attribute “${name}” was removed and not used: assign the property “${name}” instead.`);
      } else if (before !== after && this.isConnected) {
        this.#unmount();
        this.#schedule();
      }
    }

    get token() {
      return null; // can be set, but not read
    }
    set token(value) {
      this.#token = value || null; // frameworks pass undefined or "" for no token
      this.#mounted?.token(this.#token);
    }

    get settings() {
      return this.#settings;
    }
    set settings(value) {
      this.#settings = value ?? null;
      this.#mounted?.settings(this.#settings ?? {});
    }

    // Presses the button of the form. Resolves with {submitted: true} once a save has started, or with
    // {submitted: false, reason, field}. Never rejects.
    submit() {
      return new Promise((resolve) => {
        if (this.#mounted) return this.#mounted.submit(resolve);
        if (this.isConnected && !this.#failed) return this.#submits.push(resolve);
        this.#notSubmitted([resolve], this.isConnected ? "unusable" : "left");
      });
    }
    reset() {
      this.#mounted?.reset();
    }
    focus() {
      this.#mounted?.focus();
    }

    // A property that was set before the class was defined is on the instance and hides the setter.
    #adoptProperties() {
      const own = Object.entries(Object.getOwnPropertyDescriptors(CardEntryElement.prototype));
      for (const [name] of own.filter(([name, { set }]) => set && Object.hasOwn(this, name))) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }

    #rejectAttribute(name, message) {
      console.error(`<card-entry>: ${message}`, this);
      const detail = { type: "page_error", code: "attribute_refused", attribute: name, message, retryable: false };
      // A page that creates an element adds its listeners in the same turn.
      queueMicrotask(() => emit(this, "card-entry-error", detail));
    }

    // Several attributes set in one turn mount the form once.
    #schedule() {
      if (this.#scheduled) return;
      this.#scheduled = true;
      queueMicrotask(() => {
        this.#scheduled = false;
        if (this.isConnected && !this.#mounted) this.#mount();
      });
    }

    #mount() {
      this.#cancelFallback?.();
      this.#cancelFallback = null;
      if (!mountEntry) {
        waiting.add(this.#start);
        this.#cancelFallback = showFallback(this, () => this.#fail());
        return;
      }
      const options = { token: this.#token, settings: this.#settings, known: Object.keys(ATTRIBUTES), names: this.getAttributeNames() };
      for (const [attribute, name] of Object.entries(ATTRIBUTES)) {
        const value = this.getAttribute(attribute);
        if (value === null) continue;
        options[name] = URL_ATTRIBUTES.has(attribute) ? absoluteUrl(value) : value;
      }
      try {
        this.#mounted = mountEntry(this, options);
        this.#failed = false;
        this.#submits.splice(0).forEach((resolve) => this.#mounted.submit(resolve));
      } catch (error) {
        // `message` is the name of the wrong attribute or a code; `expected` is what it has to be.
        const { message = String(error), expected = "" } = error ?? {};
        console.error(`<card-entry> cannot be used: ${message}: ${expected}`);
        this.setAttribute("data-state", "unusable");
        emit(this, "card-entry-unusable", { code: "bad_attribute", message, expected });
        this.#fail();
      }
    }

    #fail() {
      this.#failed = true;
      this.#notSubmitted(this.#submits.splice(0), "unusable");
    }

    #notSubmitted(submits, reason) {
      if (submits.length === 0) return;
      emit(this, "card-entry-not-submitted", { reason });
      submits.forEach((resolve) => resolve({ submitted: false, reason }));
    }

    #unmount() {
      waiting.delete(this.#start);
      this.#cancelFallback?.();
      this.#cancelFallback = null;
      this.#failed = false;
      const mounted = this.#mounted;
      this.#mounted = null;
      mounted?.free();
      if (!this.isConnected) this.#notSubmitted(this.#submits.splice(0), "left");
    }
  }

  customElements.define("card-entry", CardEntryElement);
}

function absoluteUrl(address) {
  try {
    return new URL(address, document.baseURI).href.replace(/\/$/, "");
  } catch {
    return "";
  }
}
