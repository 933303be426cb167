// The bank's page: an overlay at the start of the body, above the whole page.
/**
 * Resolves when the challenge is over, with any result.
 * @param {string} url
 * @returns {Promise<void>}
 */
function showChallenge(url) {
  if (new URL(url).origin !== HOOKS) return Promise.reject(new IntegrationError('The next action leads to an unknown origin.'));
  return new Promise((resolve) => {
    const before = document.activeElement;
    const frame = makeFrame('Frame', HOOKS, new URL(url).pathname, 'Secure 3D Secure authentication frame');
    frame.setAttribute('scrolling', 'auto');
    frame.setAttribute('role', 'dialog');
    frame.setAttribute('aria-modal', 'true');
    setStyle(frame, { border: 'none', margin: '0', padding: '0', width: '100%', height: '100%', display: 'block', 'color-scheme': 'light only' });
    const overlay = document.createElement('div');
    overlay.className = '__PrivateStripeChallenge';
    setStyle(overlay, {
      position: 'fixed', inset: '0', width: '100%', height: '100%', margin: '0', padding: '0', 'z-index': '2147483647',
      background: 'rgba(26, 31, 54, 0.55)', display: 'block',
    });
    const port = connect(frame, HOOKS, () => ({}), (message) => {
      if (message.event !== 'over') return;
      port.close();
      overlay.remove();
      if (before instanceof HTMLElement) before.focus();
      resolve();
    });
    frame.addEventListener('load', () => {
      frame.focus();
      port.send({ verb: 'focus' });
    });
    overlay.append(frame);
    document.body.insertBefore(overlay, document.body.firstChild);
  });
}
