// <card-entry>: reads attributes and properties, mounts and unmounts. Everything else is in the Wasm module.
// The class is defined when the module is imported, before its Wasm has come, so that a token or settings written as
// an attribute leave the page at once. On a server, which has no custom elements, importing does nothing.

import { PART, absent, emit } from "./element/fallback.js";

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
const ADDRESSES = new Set(["frame", "wallet-url"]);
// A token in an attribute is in the page's HTML, its caches and its snapshots; an object in one is "[object Object]".
const PROPERTIES_ONLY = ["token", "settings"];

// Mounts an entry; null until the Wasm has started.
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
    #due = false;
    #broken = false;
    #presses = [];
    #start = () => this.#schedule();
    #absence = null;

    constructor() {
      super();
      this.#adopt();
    }

    connectedCallback() {
      this.#adopt();
      // A copy of a mounted element, or a page's snapshot, brings a dead form along.
      this.querySelectorAll(`:scope > [${PART}]`).forEach((part) => part.remove());
      this.#schedule();
    }

    disconnectedCallback() {
      this.#unmount();
    }

    // moveBefore() keeps the iframe alive, and so do we.
    connectedMoveCallback() {}

    attributeChangedCallback(name, before, after) {
      if (PROPERTIES_ONLY.includes(name)) {
        if (after === null) return;
        this.removeAttribute(name);
        this.#refuse(name, `The attribute “${name}” was removed and not used: assign the property “${name}” instead.`);
      } else if (before !== after && this.isConnected) {
        this.#unmount();
        this.#schedule();
      }
    }

    get token() {
      return null; // written, never read back
    }
    set token(value) {
      this.#token = value || null; // frameworks pass undefined or "" for none
      this.#mounted?.token(this.#token);
    }

    get settings() {
      return this.#settings;
    }
    set settings(value) {
      this.#settings = value ?? null;
      this.#mounted?.settings(this.#settings ?? {});
    }

    // Presses the form's button. Resolves with {submitted: true} once a save has begun, or with {submitted: false,
    // reason, field}; never rejects.
    submit() {
      return new Promise((resolve) => {
        if (this.#mounted) return this.#mounted.submit(resolve);
        if (this.isConnected && !this.#broken) return this.#presses.push(resolve);
        this.#notSubmitted([resolve], this.isConnected ? "unusable" : "left");
      });
    }
    reset() {
      this.#mounted?.reset();
    }
    focus() {
      this.#mounted?.focus();
    }

    // A property set before the class was defined sits on the instance and hides the setter.
    #adopt() {
      const own = Object.entries(Object.getOwnPropertyDescriptors(CardEntryElement.prototype));
      for (const [name] of own.filter(([name, { set }]) => set && Object.hasOwn(this, name))) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }

    #refuse(name, message) {
      console.error(`<card-entry>: ${message}`, this);
      const detail = { type: "page_error", code: "attribute_refused", attribute: name, message, retryable: false };
      // Whoever makes an element listens to it in the same turn.
      queueMicrotask(() => emit(this, "card-entry-error", detail));
    }

    // Attributes set one after another mount once.
    #schedule() {
      if (this.#due) return;
      this.#due = true;
      queueMicrotask(() => {
        this.#due = false;
        if (this.isConnected && !this.#mounted) this.#mount();
      });
    }

    #mount() {
      this.#absence?.();
      this.#absence = null;
      if (!mountEntry) {
        waiting.add(this.#start);
        this.#absence = absent(this, () => this.#break());
        return;
      }
      const options = { token: this.#token, settings: this.#settings, known: Object.keys(ATTRIBUTES), names: this.getAttributeNames() };
      for (const [attribute, name] of Object.entries(ATTRIBUTES)) {
        const value = this.getAttribute(attribute);
        if (value === null) continue;
        options[name] = ADDRESSES.has(attribute) ? absolute(value) : value;
      }
      try {
        this.#mounted = mountEntry(this, options);
        this.#broken = false;
        this.#presses.splice(0).forEach((resolve) => this.#mounted.submit(resolve));
      } catch (wrong) {
        // The name of the attribute, or of what the page does not have; and what would be right.
        const { message = String(wrong), expected = "" } = wrong ?? {};
        console.error(`<card-entry> cannot be used: ${message}: ${expected}`);
        this.setAttribute("data-state", "unusable");
        emit(this, "card-entry-unusable", { code: "bad_attribute", message, expected });
        this.#break();
      }
    }

    #break() {
      this.#broken = true;
      this.#notSubmitted(this.#presses.splice(0), "unusable");
    }

    #notSubmitted(presses, reason) {
      if (presses.length === 0) return;
      emit(this, "card-entry-not-submitted", { reason });
      presses.forEach((resolve) => resolve({ submitted: false, reason }));
    }

    #unmount() {
      waiting.delete(this.#start);
      this.#absence?.();
      this.#absence = null;
      this.#broken = false;
      const mounted = this.#mounted;
      this.#mounted = null;
      mounted?.free();
      if (!this.isConnected) this.#notSubmitted(this.#presses.splice(0), "left");
    }
  }

  customElements.define("card-entry", CardEntryElement);
}

function absolute(address) {
  try {
    return new URL(address, document.baseURI).href.replace(/\/$/, "");
  } catch {
    return "";
  }
}
