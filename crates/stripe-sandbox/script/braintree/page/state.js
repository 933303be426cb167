// The state of all fields, as the page sees it: one object, the classes of the containers, and the events.
const CLASSES = {
  isFocused: 'braintree-hosted-fields-focused', isValid: 'braintree-hosted-fields-valid', isInvalid: 'braintree-hosted-fields-invalid',
};

class Listeners {
  constructor() {
    Object.defineProperty(this, '_listeners', { value: new Map() });
  }

  on(event, hear) {
    this._listeners.set(event, [...(this._listeners.get(event) || []), hear]);
  }

  off(event, hear) {
    const known = this._listeners.get(event) || [];
    const place = known.indexOf(hear);
    if (place >= 0) this._listeners.set(event, known.filter((_, index) => index !== place));
  }

  _emit(event, payload) {
    for (const hear of this._listeners.get(event) || []) {
      try {
        hear(payload);
      } catch (error) {
        // An exception in a listener must not stop the other listeners.
        setTimeout(() => { throw error; });
      }
    }
  }
}

function freshState(container) {
  return { isEmpty: true, isValid: false, isPotentiallyValid: true, isFocused: false, container };
}

function paint(container, state) {
  container.classList.toggle(CLASSES.isFocused, state.isFocused);
  container.classList.toggle(CLASSES.isValid, state.isValid);
  container.classList.toggle(CLASSES.isInvalid, !state.isPotentiallyValid);
}

function unpaint(container) {
  container.classList.remove(...Object.values(CLASSES));
}

// A copy, so that a listener cannot change what the next one gets.
function copyOf(state) {
  const fields = Object.fromEntries(Object.entries(state.fields).map(([key, field]) => [key, { ...field }]));
  return { cards: state.cards.map((card) => ({ ...card, code: { ...card.code } })), fields };
}
