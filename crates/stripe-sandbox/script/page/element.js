// One element as the page uses it, with Stripe's methods only. `mounted.js` handles the messages of its frame.
/**
 * @template {Fillable | Inert} T
 * @extends {Mounted<T>}
 */
class PageElement extends Mounted {
  /**
   * @param {T} type
   * @param {unknown} options
   * @param {Elements} group
   */
  constructor(type, options, group) {
    super(type, readOptions(type, options, 'create'), group);
    this._destroyed = false;
  }

  /** @param {string | HTMLElement} where */
  mount(where) {
    this._alive('mount');
    const parent = containerAt(where);
    if (this._place && this._place.parent === parent && this._place.frame.isConnected) return this;
    this._detach();
    if (parent.childNodes.length > 0) warn('This Element is mounted to a DOM element that contains child nodes; they are removed.');
    this._attach(parent);
    return this;
  }

  unmount() {
    this._alive('unmount');
    this._detach();
    return this;
  }

  destroy() {
    if (this._destroyed) return this;
    this._detach();
    this._destroyed = true;
    this._listeners.clear();
    this._group._forget(this._type);
    return this;
  }

  /** @param {Partial<UpdatesOf[T]>} options */
  update(options) {
    this._alive('update');
    const given = readOptions(this._type, options, 'update');
    for (const name of Object.keys(FIXED[this._type])) {
      if (!(name in given)) continue;
      if (!same(given[name], this._options[name])) warn(`update(): ${name} cannot be changed after the Element was created.`);
      delete given[name];
    }
    const before = this._names();
    Object.assign(this._options, given);
    if (this._place) {
      this._place.parent.classList.remove(...before);
      this._paint();
      this._place.port.send({ verb: 'update', options: this._forFrame(given) });
    }
    return this;
  }

  clear() {
    return this._tell('clear');
  }

  blur() {
    return this._tell('blur');
  }

  focus() {
    this._alive('focus');
    this._focus(false);
    return this;
  }

  /** @param {'clear' | 'blur' | 'collapse'} verb */
  _tell(verb) {
    this._alive(verb);
    this._place?.port.send({ verb });
    return this;
  }

  /** @param {string} verb */
  _alive(verb) {
    if (this._destroyed) throw new IntegrationError(`This Element has already been destroyed; ${verb}() is not possible.`);
  }
}

/** @extends {PageElement<'payment'>} */
class PaymentElement extends PageElement {
  collapse() {
    return this._tell('collapse');
  }

  /** @param {HTMLElement} parent */
  _attach(parent) {
    super._attach(parent);
    queueMicrotask(() => this._emit('loaderstart', bare('payment')));
  }

  // With a client secret the intent is retrieved first. When it does not exist, the element fails to load.
  async _ready() {
    const { error } = await this._group.fetchUpdates();
    if (error) this._emit('loaderror', loadError('payment', { type: 'invalid_request_error', message: error.message }));
    else super._ready();
  }
}

// An element that is ready at once, shows nothing and takes no space.
/**
 * @template {Inert} T
 * @extends {PageElement<T>}
 */
class InertElement extends PageElement {
  /** @param {HTMLElement} parent */
  _attach(parent) {
    const frame = document.createElement('iframe');
    const port = { send() {}, reset() {}, close() {} };
    const place = { parent, frame, port };
    this._place = place;
    const wrapper = wrap();
    setStyle(wrapper, { height: '0' });
    parent.replaceChildren(wrapper);
    this._paint();
    queueMicrotask(() => {
      if (this._place === place) this._ready();
    });
  }

  _detach() {
    const place = this._place;
    super._detach();
    place?.parent.replaceChildren();
  }

  _focus() {}

  _apply() {
    return Promise.resolve();
  }
}

// The sandbox has no wallets, so the element shows nothing, as for a person without one.
/** @extends {InertElement<'expressCheckout'>} */
class ExpressCheckoutElement extends InertElement {
  _ready() {
    this._emit('ready', nothingAvailable());
  }
}

// The sandbox has no Link, so the element has no email input and never reports an email.
/** @extends {InertElement<'linkAuthentication'>} */
class LinkAuthenticationElement extends InertElement {}

/** @returns {ExpressEvents['ready']} */
function nothingAvailable() {
  return { elementType: 'expressCheckout', availablePaymentMethods: undefined };
}

/** @param {unknown} where */
function containerAt(where) {
  const parent = typeof where === 'string' ? document.querySelector(where) : where;
  if (typeof where === 'string' && !parent) {
    throw new IntegrationError(
      `The selector you specified (${where}) applies to no DOM elements that are currently on the page. ` +
      'Make sure the element exists on the page before calling mount().');
  }
  if (!(parent instanceof HTMLElement)) {
    throw new IntegrationError('Invalid DOM element. Call mount() with a DOM element or with a selector.');
  }
  if (parent.getRootNode() instanceof ShadowRoot) {
    throw new IntegrationError('Elements cannot be mounted in a ShadowRoot. Mount in the light DOM.');
  }
  return parent;
}

/**
 * @param {unknown} one
 * @param {unknown} other
 */
function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
