// The event listeners of an element. The page may listen for the events of any element type, because wrapper libraries
// attach the same listeners to all.
const EVENTS = [
  'ready', 'change', 'focus', 'blur', 'escape', 'click', 'networkschange', 'loaderror', 'loaderstart', 'confirm', 'cancel',
  'shippingaddresschange', 'shippingratechange', 'carddetailschange', 'savedpaymentmethodupdate', 'savedpaymentmethodremove',
  'availablepaymentmethodschange',
];

/**
 * @template {Kind} T
 * @param {T} elementType
 * @returns {CommonEvents<T>['focus']}
 */
function bare(elementType) {
  return { elementType };
}

/**
 * @template {Kind} T
 * @param {T} elementType
 * @param {StripeError} error
 * @returns {Failing<T>['loaderror']}
 */
function loadError(elementType, error) {
  return { elementType, error };
}

/**
 * @template {Fillable} T
 * @param {T} elementType
 * @param {Payload<T>} payload
 */
function changed(elementType, payload) {
  return { elementType, ...payload };
}

/** @template {Kind} T */
class Listeners {
  /** @param {T} type */
  constructor(type) {
    this._type = type;
    /** @type {Map<string, { hear: (event: any) => any, once: boolean }[]>} */
    this._listeners = new Map();
  }

  /**
   * @template {keyof EventsOf[T] & string} N
   * @param {N} name
   * @param {(event: EventsOf[T][N]) => any} hear
   * @returns {this}
   */
  on(name, hear) {
    return this._listen(name, hear, false);
  }

  /**
   * @template {keyof EventsOf[T] & string} N
   * @param {N} name
   * @param {(event: EventsOf[T][N]) => any} hear
   * @returns {this}
   */
  once(name, hear) {
    return this._listen(name, hear, true);
  }

  /**
   * @template {keyof EventsOf[T] & string} N
   * @param {N} name
   * @param {(event: EventsOf[T][N]) => any} [hear] all of them, when it is left out
   * @returns {this}
   */
  off(name, hear) {
    const kept = (this._listeners.get(name) || []).filter((entry) => hear && entry.hear !== hear);
    this._listeners.set(name, kept);
    return this;
  }

  /**
   * @template {keyof EventsOf[T] & string} N
   * @param {N} name
   * @param {(event: EventsOf[T][N]) => any} hear
   */
  addEventListener(name, hear) {
    return this.on(name, hear);
  }

  /**
   * @template {keyof EventsOf[T] & string} N
   * @param {N} name
   * @param {(event: EventsOf[T][N]) => any} [hear]
   */
  removeEventListener(name, hear) {
    return this.off(name, hear);
  }

  /**
   * @param {string} name
   * @param {(event: any) => any} hear
   * @param {boolean} once
   */
  _listen(name, hear, once) {
    if (!EVENTS.includes(name)) throw new IntegrationError(`${name} is not a valid event for an element.`);
    if (typeof hear !== 'function') throw new IntegrationError(`The handler for ${name} must be a function.`);
    this._listeners.set(name, [...(this._listeners.get(name) || []), { hear, once }]);
    return this;
  }

  /**
   * @param {keyof EventsOf[T] & string} name
   * @param {object} event
   */
  _emit(name, event) {
    for (const entry of this._listeners.get(name) || []) {
      if (entry.once) this.off(name, entry.hear);
      try {
        entry.hear(event);
      } catch (error) {
        // An exception in a listener must not stop the other listeners.
        setTimeout(() => { throw error; });
      }
    }
  }
}
