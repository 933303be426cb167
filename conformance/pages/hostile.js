// The attempts of a hostile script in the embedding page, loaded before Stripe.js: it wraps the functions that pass data, listens to
// all events, and reads every frame. Everything it captures is in `window.captured`, which the test searches.
(() => {
  const captured = [];
  const keys = [];
  const seenWords = new Set();
  const natives = { BroadcastChannel, addEventListener: EventTarget.prototype.addEventListener };

  // Each object once, because the page's objects form cycles.
  function show(value, met = new Set()) {
    if (typeof value === 'string') return value;
    if (value === null || typeof value !== 'object' || met.has(value) || met.size > 500) return String(value);
    met.add(value);
    if (value instanceof Map) return show([...value], met);
    if (value instanceof FormData || value instanceof URLSearchParams) return JSON.stringify([...value]);
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
    try {
      return `{${Object.keys(value).map((key) => `${key}=${show(value[key], met)}`).join(' ')}}`;
    } catch (error) {
      return String(error.name);
    }
  }

  // `take` uses functions that are wrapped below and must not record itself.
  let taking = false;
  const known = new Set();
  function take(way, ...things) {
    if (taking) return;
    taking = true;
    try {
      const text = things.map((thing) => show(thing)).join(' ');
      const once = `${way} ${text}`;
      if (!known.has(once)) captured.push({ way, text });
      known.add(once);
      for (const word of text.match(/[\w-]{8,}/g) || []) seenWords.add(word);
    } catch {
      // A cross-origin window cannot be converted to text.
    } finally {
      taking = false;
    }
  }

  const ofEvent = (event) => [event.data, event.key, event.target && event.target.value, event.clipboardData && event.clipboardData.getData('text')];

  function wrap(object, name, way) {
    const original = object[name];
    if (typeof original !== 'function') return;
    object[name] = function wrapped(...args) {
      take(way || name, ...args);
      const result = original.apply(this, args);
      take(`${way || name} gave`, result);
      return result;
    };
  }

  // Records the events of every listener that is added.
  EventTarget.prototype.addEventListener = function added(type, listener, options) {
    const spied = typeof listener === 'function' && type !== 'error'
      ? function spy(event) { take(`listener ${type}`, ...ofEvent(event)); return listener.call(this, event); }
      : listener;
    return natives.addEventListener.call(this, type, spied, options);
  };
  for (const type of [window, MessagePort, BroadcastChannel, Worker]) {
    const owner = type === window ? window : type.prototype;
    const property = Object.getOwnPropertyDescriptor(owner, 'onmessage');
    if (!property) continue;
    Object.defineProperty(owner, 'onmessage', {
      ...property,
      set(handler) { property.set.call(this, handler && ((event) => { take('onmessage', event.data); return handler.call(this, event); })); },
    });
  }

  window.MessageChannel = class extends MessageChannel {
    constructor() {
      super();
      for (const port of [this.port1, this.port2]) natives.addEventListener.call(port, 'message', (event) => take('port', event.data));
    }
  };
  window.BroadcastChannel = class extends BroadcastChannel {
    constructor(name) {
      super(name);
      take('BroadcastChannel', name);
      natives.addEventListener.call(this, 'message', (event) => take('broadcast', event.data));
    }
  };
  wrap(MessagePort.prototype, 'postMessage', 'port.postMessage');
  wrap(window, 'postMessage');
  wrap(window, 'fetch');
  wrap(window, 'structuredClone');
  wrap(navigator, 'sendBeacon');
  wrap(XMLHttpRequest.prototype, 'open');
  wrap(XMLHttpRequest.prototype, 'send');
  wrap(WebSocket.prototype, 'send');
  wrap(Storage.prototype, 'setItem');
  wrap(JSON, 'stringify');
  wrap(Array.prototype, 'join');
  wrap(String.prototype, 'replace');
  wrap(crypto, 'randomUUID');
  wrap(history, 'pushState');
  wrap(document, 'createElement');
  wrap(Element.prototype, 'setAttribute');

  const EVENT_TYPES = [
    'message', 'messageerror', 'keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'change', 'paste', 'copy', 'cut', 'compositionupdate',
    'compositionend', 'textInput', 'selectionchange', 'storage', 'focusin', 'drop', 'submit', 'error',
  ];
  for (const type of EVENT_TYPES) {
    natives.addEventListener.call(window, type, (event) => {
      if (type === 'keydown') keys.push(event.key);
      take(`event ${type}`, ...ofEvent(event));
    }, true);
    natives.addEventListener.call(document, type, (event) => take(`event ${type}`, ...ofEvent(event)), true);
  }
  new MutationObserver((changes) => {
    for (const change of changes) take('mutation', change.target.outerHTML || change.target.data, change.oldValue);
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeOldValue: true, characterData: true, characterDataOldValue: true });

  const attempt = (way, reach) => {
    try {
      take(way, reach());
    } catch (error) {
      take(way, error.name);
    }
  };

  const opened = new Map();
  // Globals that are not the page's: the browser's own and the test's.
  const native = new Set([...Object.keys(window), 'captured', 'pry']);

  function pry() {
    attempt('document.domain', () => { document.domain = document.location.hostname; return document.domain; });
    document.querySelectorAll('iframe').forEach((frame) => {
      attempt('contentDocument', () => frame.contentDocument && frame.contentDocument.documentElement.outerHTML);
      attempt('contentWindow.document', () => frame.contentWindow.document.documentElement.outerHTML);
      for (const name of ['name', 'location', 'localStorage', 'sessionStorage', 'frames', 'length', 'history', 'origin', 'opener']) {
        attempt(`contentWindow.${name}`, () => String(frame.contentWindow[name]));
      }
      attempt('contentWindow.location.href', () => frame.contentWindow.location.href);
      attempt('attributes', () => [...frame.attributes].map(({ name, value }) => `${name}=${value}`).join(';'));
      attempt('input', () => frame.contentWindow.document.querySelector('input').value);
    });
    for (let n = 0; n < window.frames.length; n += 1) {
      attempt('frames.name', () => window.frames[n].name);
      attempt('frames.document', () => window.frames[n].document.body.innerHTML);
      attempt('frames.eval', () => window.frames[n].eval('document.body.innerHTML'));
      attempt('frames.frames', () => window.frames[n].frames[0].document.body.innerHTML);
    }
    attempt('selection', () => String(window.getSelection()));
    attempt('window.name', () => window.name);
    attempt('cookie', () => document.cookie);
    attempt('local', () => ({ ...localStorage }));
    attempt('session', () => ({ ...sessionStorage }));
    attempt('history', () => history.state);
    attempt('performance', () => performance.getEntries().map(({ name }) => name).join(' '));
    attempt('document', () => document.documentElement.outerHTML);
    attempt('active', () => document.activeElement.value);
    // Numeric keys are frames, which are read above.
    for (const key of Object.keys(window)) if (!native.has(key) && !/^\d/.test(key)) attempt(`global ${key}`, () => window[key]);
    // Every word that could be the name of a channel.
    for (const word of seenWords) {
      if (opened.has(word) || opened.size > 300) continue;
      const channel = new natives.BroadcastChannel(word);
      natives.addEventListener.call(channel, 'message', (event) => take('guessed channel', event.data));
      opened.set(word, channel);
    }
  }
  window.captured = captured;
  window.pry = async () => {
    pry();
    take('keys', keys.map(String).reduce((word, key) => word + key, ''));
    const names = await caches.keys().catch(() => []);
    const bases = await indexedDB.databases().catch(() => []);
    take('stores', names, bases);
    const read = navigator.clipboard && navigator.clipboard.readText();
    take('clipboard', await Promise.race([read, new Promise((resolve) => { setTimeout(resolve, 200); })]).catch((error) => error.name));
  };
  setInterval(pry, 250);
})();
