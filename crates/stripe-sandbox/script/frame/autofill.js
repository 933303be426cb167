// What lets a browser fill a form that lies in several frames: each single field has hidden companions, so that its
// frame is a whole card form, and what is filled into one of them goes to the field it belongs to.
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
      // Kept nowhere but in the field it belongs to.
      node.value = '';
      if (text) tell({ [kind]: text });
    });
    root.append(node);
  }
}
