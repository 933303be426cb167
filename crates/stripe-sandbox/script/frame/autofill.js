// Lets a browser autofill a form that is split over several frames. Each frame of a single field contains hidden inputs
// for the other fields, so that it is a complete card form; a filled value is passed to the frame of its field.
/** @type {Record<string, string>} */
const COMPANIONS = { number: 'cc-number', expiry: 'cc-exp', cvc: 'cc-csc' };

/**
 * @param {HTMLElement} root
 * @param {string} own the kind the frame shows
 * @param {(filled: Record<string, string>) => void} tell
 */
function addCompanions(root, own, tell) {
  for (const [kind, autocomplete] of Object.entries(COMPANIONS)) {
    if (kind === own) continue;
    const node = document.createElement('input');
    node.className = 'Companion';
    node.name = `companion-${kind}`;
    node.autocomplete = /** @type {AutoFill} */ (autocomplete);
    node.tabIndex = -1;
    node.setAttribute('aria-hidden', 'true');
    node.addEventListener('input', () => {
      const text = node.value;
      // The value must be stored only in its own field.
      node.value = '';
      if (text) tell({ [kind]: text });
    });
    root.append(node);
  }
}
