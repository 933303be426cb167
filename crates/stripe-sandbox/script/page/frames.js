// Frames of the fields and hooks origins, with one port to each. Messages must be posted to the frame's own origin only,
// and received only through the port.
const FIELDS = '%FIELDS%';
const HOOKS = '%HOOKS%';

// The random name that the frames of this page share. It is useless to a page of another origin, because the frames add
// the origin that the browser reports.
const PAGE = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
let framesMade = 0;

/** @typedef {{ send(message: object): void, reset(): void, close(): void }} Port */

/**
 * @param {string} kind
 * @param {string} origin
 * @param {string} path
 * @param {string} title
 */
function makeFrame(kind, origin, path, title) {
  framesMade += 1;
  const frame = document.createElement('iframe');
  frame.name = `__privateStripe${kind}${framesMade}`;
  frame.src = origin + path;
  frame.title = title;
  frame.setAttribute('frameborder', '0');
  frame.setAttribute('allowtransparency', 'true');
  frame.setAttribute('scrolling', 'no');
  frame.setAttribute('role', 'presentation');
  frame.setAttribute('allow', 'payment *; publickey-credentials-get *');
  return frame;
}

/**
 * @param {HTMLElement} node
 * @param {Record<string, string>} style
 */
function setStyle(node, style) {
  for (const [name, value] of Object.entries(style)) node.style.setProperty(name, value, 'important');
}

/**
 * Sends `init` and a port when the frame's document has loaded, and again when it loads anew, as a frame does when it is
 * moved in the document.
 * @param {HTMLIFrameElement} frame
 * @param {string} origin
 * @param {() => object} init
 * @param {(message: any) => void} hear
 * @returns {Port}
 */
function connect(frame, origin, init, hear) {
  /** @type {MessagePort | null} */
  let port = null;
  let heard = false;
  /** @type {object[]} */
  const waiting = [];
  frame.addEventListener('load', () => {
    if (!frame.contentWindow) return;
    if (port) port.close();
    const channel = new MessageChannel();
    const own = channel.port1;
    port = own;
    heard = false;
    own.onmessage = (event) => {
      if (event.data.event !== 'hello') {
        hear(event.data);
        return;
      }
      heard = true;
      for (const message of waiting.splice(0)) own.postMessage(message);
    };
    frame.contentWindow.postMessage({ sandbox: 'init', page: PAGE, name: frame.name, ...init() }, origin, [channel.port2]);
  });
  return {
    send(message) {
      if (port && heard) port.postMessage(message);
      else waiting.push(message);
    },
    reset() {
      heard = false;
    },
    close() {
      if (port) port.close();
      port = null;
    },
  };
}

/** @typedef {<V extends keyof Verbs>(verb: V, params: Parameters<Verbs[V]>[0]) => ReturnType<Verbs[V]>} Call */

/**
 * The hidden frame that makes every API call. The field frames pass the card number to it without this page.
 * @param {string} key
 * @param {{ stripeAccount?: string, apiVersion?: string }} options
 * @returns {Call}
 */
function startController(key, options) {
  const frame = makeFrame('Controller', FIELDS, `/controller?key=${encodeURIComponent(key)}`, '');
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  setStyle(frame, {
    border: 'none', margin: '0', padding: '0', width: '1px', height: '1px', overflow: 'hidden',
    display: 'block', visibility: 'hidden', position: 'fixed', 'pointer-events': 'none', 'user-select': 'none',
  });
  /** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
  const calls = new Map();
  let count = 0;
  const port = connect(frame, FIELDS, () => ({ key, ...options }), (message) => {
    const call = calls.get(message.number);
    if (!call) return;
    calls.delete(message.number);
    if (message.misuse) call.reject(new IntegrationError(message.misuse));
    else call.resolve(message.result);
  });
  // When the page has replaced its body, the frame is added to the new one.
  const attach = () => {
    if (frame.isConnected) return;
    port.reset();
    document.body.appendChild(frame);
  };
  if (document.body) attach();
  else document.addEventListener('DOMContentLoaded', attach, { once: true });
  return /** @type {Call} */ ((verb, params) => new Promise((resolve, reject) => {
    if (document.body) attach();
    count += 1;
    calls.set(count, { resolve, reject });
    port.send({ number: count, verb, params });
  }));
}
