// <card-entry>: reads attributes and properties, mounts and unmounts. Everything else is in the Wasm module.
// Importing it on a server does nothing: the class is made only where custom elements exist.

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

export function define(mount) {
  if (typeof customElements === "undefined" || customElements.get("card-entry")) return;

  class CardEntryElement extends HTMLElement {
    static observedAttributes = Object.keys(ATTRIBUTES);
    #mounted = null;
    #token = null;
    #settings = null;
    #due = false;

    connectedCallback() {
      // A property set before the class was defined sits on the instance and hides the setter.
      for (const name of ["token", "settings"]) {
        if (Object.hasOwn(this, name)) {
          const value = this[name];
          delete this[name];
          this[name] = value;
        }
      }
      this.#schedule();
    }

    disconnectedCallback() {
      this.#unmount();
    }

    // moveBefore() keeps the iframe alive, and so do we.
    connectedMoveCallback() {}

    attributeChangedCallback(name, before, after) {
      if (before !== after && this.#mounted) {
        this.#unmount();
        this.#schedule();
      } else if (before !== after && this.isConnected) {
        this.#schedule();
      }
    }

    get token() {
      return null; // written, never read back
    }
    set token(value) {
      this.#token = value ?? null;
      this.#mounted?.token(this.#token);
    }

    get settings() {
      return this.#settings;
    }
    set settings(value) {
      this.#settings = value ?? null;
      this.#mounted?.settings(this.#settings ?? {});
    }

    submit() {
      this.#mounted?.submit();
    }
    reset() {
      this.#mounted?.reset();
    }
    focus() {
      this.#mounted?.focus();
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
      const options = { token: this.#token, settings: this.#settings };
      for (const [attribute, name] of Object.entries(ATTRIBUTES)) {
        const value = this.getAttribute(attribute);
        if (value === null) continue;
        options[name] = ADDRESSES.has(attribute) ? absolute(value) : value;
      }
      try {
        this.#mounted = mount(this, options);
      } catch (wrong) {
        // `wrong` is the name of the attribute, or of what the page does not have.
        this.setAttribute("data-state", "unusable");
        const detail = { code: "bad_attribute", message: String(wrong) };
        this.dispatchEvent(new CustomEvent("card-entry-unusable", { bubbles: true, detail }));
      }
    }

    #unmount() {
      const mounted = this.#mounted;
      this.#mounted = null;
      mounted?.free();
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
