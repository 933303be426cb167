// The part of an element that handles its frame: sent messages, received messages, and the classes of the container.
/** @type {Record<string, string>} */
const CLASSES = {
  base: 'StripeElement',
  complete: 'StripeElement--complete',
  empty: 'StripeElement--empty',
  focus: 'StripeElement--focus',
  invalid: 'StripeElement--invalid',
  webkitAutofill: 'StripeElement--webkit-autofill',
};
/** @type {Record<Kind, string>} */
const TITLES = {
  card: 'Secure card payment input frame',
  cardNumber: 'Secure card number input frame',
  cardExpiry: 'Secure expiration date input frame',
  cardCvc: 'Secure CVC input frame',
  payment: 'Secure payment input frame',
  expressCheckout: 'Secure payment button frame',
  linkAuthentication: 'Secure email input frame',
};
/** @type {StripeError} */
const LOAD_FAILED = { type: 'api_connection_error', message: 'The element could not be loaded.' };

/** @typedef {{ parent: HTMLElement, frame: HTMLIFrameElement, port: Port }} Place */

/**
 * @template {Fillable | Inert} T
 * @extends {Listeners<T>}
 */
class Mounted extends Listeners {
  /**
   * @param {T} type
   * @param {Record<string, any>} options
   * @param {Elements} group
   */
  constructor(type, options, group) {
    super(type);
    this._options = options;
    this._group = group;
    /** @type {Place | null} */
    this._place = null;
    /** @type {Partial<States>} */
    this._state = { empty: true };
    /** @type {[Element, (event: Event) => void][]} */
    this._labels = [];
    /** @type {Map<number, () => void>} */
    this._applying = new Map();
  }

  /** @param {HTMLElement} parent */
  _attach(parent) {
    parent.replaceChildren();
    const query = new URLSearchParams({ key: this._group._key, element: this._type });
    const frame = makeFrame('Frame', FIELDS, `/field?${query}`, TITLES[this._type]);
    setStyle(frame, {
      border: 'none', margin: '0', padding: '0', width: '1px', 'min-width': '100%', height: '1.2em',
      overflow: 'hidden', display: 'block', 'user-select': 'none', 'color-scheme': 'light only',
    });
    const init = () => ({ type: this._type, options: this._forFrame(this._options), ...this._group._settings(this) });
    const port = connect(frame, FIELDS, init, (message) => this._hear(message));
    this._place = { parent, frame, port };
    this._state = { empty: true };
    parent.append(wrap(frame));
    this._paint();
    this._followLabels(parent);
  }

  _detach() {
    const place = this._place;
    if (!place) return;
    place.port.close();
    for (const [label, follow] of this._labels.splice(0)) label.removeEventListener('click', follow);
    for (const applied of this._applying.values()) applied();
    this._applying.clear();
    place.frame.closest('.__PrivateStripeElement')?.remove();
    place.parent.classList.remove(...this._names());
    this._place = null;
  }

  /**
   * The options for the frame, without the class names, which are used on this side only.
   * @param {Record<string, any>} options
   * @returns {FrameOptions}
   */
  _forFrame(options) {
    const { classes, ...rest } = options;
    return JSON.parse(JSON.stringify(rest));
  }

  /** @param {FromField} message */
  _hear(message) {
    /** @type {any} */
    const type = this._type;
    switch (message.event) {
      case 'height':
        if (Number.isFinite(message.height)) this._place?.frame.style.setProperty('height', `${message.height}px`, 'important');
        break;
      case 'state':
        Object.assign(this._state, message.state);
        this._paint();
        break;
      case 'change':
        this._emit(/** @type {any} */ ('change'), changed(type, message.payload));
        break;
      case 'networkschange':
      case 'carddetailschange':
        this._emit(/** @type {any} */ (message.event), { elementType: type, ...message.payload });
        break;
      case 'advance':
        this._group._beside(type, 1)?._focus(false);
        break;
      case 'retreat':
        this._group._beside(type, -1)?._focus(true);
        break;
      // Enter submits the form around the container, as in a native input.
      case 'submit':
        this._place?.parent.closest('form')?.requestSubmit();
        break;
      case 'applied':
        this._applying.get(message.turn)?.();
        this._applying.delete(message.turn);
        break;
      case 'loaderror':
        this._emit(/** @type {any} */ ('loaderror'), loadError(type, LOAD_FAILED));
        break;
      case 'ready':
        this._ready();
        break;
      case 'focus':
      case 'blur':
      case 'escape':
        this._emit(message.event, bare(type));
        break;
    }
  }

  _ready() {
    this._emit('ready', bare(this._type));
  }

  /** @param {boolean} end */
  _focus(end) {
    if (!this._place) return;
    this._place.frame.focus();
    this._place.port.send({ verb: 'focus', end });
  }

  /**
   * Sends the settings of the group. Resolves when the frame has applied them, or at once without a frame.
   * @param {number} turn
   * @returns {Promise<void>}
   */
  _apply(turn) {
    const place = this._place;
    if (!place) return Promise.resolve();
    return new Promise((resolve) => {
      this._applying.set(turn, resolve);
      place.port.send({ verb: 'settings', settings: this._group._settings(this), turn });
    });
  }

  _names() {
    const all = { ...CLASSES, ...this._options.classes };
    return Object.values(all).flatMap((names) => names.split(/\s+/)).filter(Boolean);
  }

  _paint() {
    const { classList } = this._place ? this._place.parent : document.createElement('i');
    const names = { ...CLASSES, ...this._options.classes };
    /** @type {Record<string, boolean | undefined>} */
    const on = { base: true, ...this._state };
    for (const [state, text] of Object.entries(names)) {
      for (const name of text.split(/\s+/).filter(Boolean)) classList.toggle(name, Boolean(on[state]));
    }
  }

  /**
   * A click on the container's label focuses the field, as with a native input.
   * @param {HTMLElement} parent
   */
  _followLabels(parent) {
    const own = parent.id ? document.querySelectorAll(`label[for="${CSS.escape(parent.id)}"]`) : [];
    const around = parent.closest('label');
    for (const label of new Set([...own, ...(around ? [around] : [])])) {
      /** @param {Event} event */
      const follow = (event) => {
        event.preventDefault();
        this._focus(false);
      };
      label.addEventListener('click', follow);
      this._labels.push([label, follow]);
    }
  }
}

/** @param {HTMLElement} [frame] */
function wrap(frame) {
  const wrapper = document.createElement('div');
  wrapper.className = '__PrivateStripeElement';
  setStyle(wrapper, {
    margin: '0', padding: '0', border: 'none', display: 'block', background: 'transparent',
    position: 'relative', opacity: '1', clear: 'none', transition: 'none',
  });
  if (frame) wrapper.append(frame);
  return wrapper;
}
