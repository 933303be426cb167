// One element as the page calls it: Stripe's own methods and nothing else. What its frame reports is in mounted.js.
const EVENTS = ['ready', 'change', 'focus', 'blur', 'escape', 'click', 'networkschange', 'loaderror', 'loaderstart'];
const FIXED = ['disableLink', 'preferredNetwork'];

class Element extends Mounted {
  constructor(type, options, group) {
    super();
    this._type = type;
    this._options = { ...options };
    this._group = group;
    this._listeners = new Map();
    this._state = { empty: true };
    this._labels = [];
    this._destroyed = false;
  }

  mount(where) {
    this._alive('mount');
    const parent = typeof where === 'string' ? document.querySelector(where) : where;
    if (!parent || !(parent instanceof HTMLElement)) {
      throw new IntegrationError(
        `The selector you specified (${typeof where === 'string' ? where : typeof where}) applies to no DOM elements ` +
        'that are currently on the page. Make sure the element exists on the page before calling mount().');
    }
    if (this._parent === parent && this._frame.isConnected) return this;
    if (this._parent) this.unmount();
    this._parent = parent;
    parent.replaceChildren();
    const query = new URLSearchParams({ key: this._group.key, element: this._type });
    this._frame = makeFrame('Frame', FIELDS, `/field?${query}`, TITLES[this._type]);
    setStyle(this._frame, {
      border: 'none', margin: '0', padding: '0', width: '1px', 'min-width': '100%', height: '1.2em',
      overflow: 'hidden', display: 'block', 'user-select': 'none', 'color-scheme': 'light only',
    });
    const wrapper = document.createElement('div');
    wrapper.className = '__PrivateStripeElement';
    setStyle(wrapper, {
      margin: '0', padding: '0', border: 'none', display: 'block', background: 'transparent',
      position: 'relative', opacity: '1', clear: 'none', transition: 'none',
    });
    this._port = connect(this._frame, FIELDS, () => this._init(), (message) => this._hear(message));
    wrapper.append(this._frame);
    parent.append(wrapper);
    this._state = { empty: true };
    this._paint();
    this._followLabels();
    return this;
  }

  unmount() {
    this._alive('unmount');
    if (!this._parent) return this;
    this._port.close();
    for (const [label, follow] of this._labels.splice(0)) label.removeEventListener('click', follow);
    const wrapper = this._frame.parentNode;
    if (wrapper && wrapper.parentNode) wrapper.remove();
    this._parent.classList.remove(...this._names());
    this._parent = this._frame = this._port = null;
    return this;
  }

  destroy() {
    if (this._destroyed) return this;
    this.unmount();
    this._destroyed = true;
    this._listeners.clear();
    this._group.forget(this);
    return this;
  }

  update(options) {
    this._alive('update');
    const changed = { ...options };
    for (const name of FIXED) {
      if (name in changed && changed[name] !== this._options[name]) {
        console.warn(`[Stripe.js] element.update: ${name} cannot be changed after the element was created.`);
        delete changed[name];
      }
    }
    const before = this._names();
    this._options = { ...this._options, ...changed };
    if (this._parent) {
      this._parent.classList.remove(...before);
      this._paint();
      this._port.send({ verb: 'update', options: this._plainOptions() });
    }
    return this;
  }

  clear() { return this._tell('clear'); }

  blur() { return this._tell('blur'); }

  focus() {
    this._alive('focus');
    if (this._parent) {
      this._frame.focus();
      this._port.send({ verb: 'focus' });
    }
    return this;
  }

  on(name, hear) { return this._listen(name, hear, false); }
  once(name, hear) { return this._listen(name, hear, true); }

  off(name, hear) {
    const kept = (this._listeners.get(name) || []).filter((entry) => hear && entry.hear !== hear);
    this._listeners.set(name, kept);
    return this;
  }

  addEventListener(name, hear) { return this.on(name, hear); }
  removeEventListener(name, hear) { return this.off(name, hear); }

  _listen(name, hear, once) {
    if (!EVENTS.includes(name)) throw new IntegrationError(`${name} is not a valid event for an element.`);
    if (typeof hear !== 'function') throw new IntegrationError(`The handler for ${name} must be a function.`);
    this._listeners.set(name, [...(this._listeners.get(name) || []), { hear, once }]);
    return this;
  }

  _emit(name, payload) {
    for (const entry of this._listeners.get(name) || []) {
      if (entry.once) this.off(name, entry.hear);
      try {
        entry.hear(payload);
      } catch (error) {
        // A listener's fault is the page's, and must not stop the others.
        setTimeout(() => { throw error; });
      }
    }
  }

  _tell(verb) {
    this._alive(verb);
    if (this._parent) this._port.send({ verb });
    return this;
  }

  _alive(verb) {
    if (this._destroyed) throw new IntegrationError(`This Element has already been destroyed; ${verb}() is not possible.`);
  }
}
