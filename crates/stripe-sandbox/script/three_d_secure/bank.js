// The bank's page: three buttons and one result. The result is sent to the server first, then the parent frame is notified.
(function () {
  'use strict';
  const { source, fault } = document.documentElement.dataset;
  const status = document.getElementById('status');
  const buttons = ['complete', 'fail', 'close'].map((id) => document.getElementById(id));
  let ended = false;

  async function end(result) {
    if (ended) return;
    ended = true;
    buttons.forEach((button) => { button.disabled = true; });
    status.textContent = 'One moment…';
    try {
      const times = fault === 'twice' ? [1, 2] : [1];
      for (const _ of times) {
        const response = await fetch(`/challenge/${encodeURIComponent(source)}/${result}`, { method: 'POST' });
        // 410: the challenge was over already. The parent frame must be notified then too.
        if (!response.ok && response.status !== 410) throw new Error(String(response.status));
      }
      times.forEach(() => window.parent.postMessage({ event: 'settled' }, location.origin));
    } catch {
      ended = false;
      status.textContent = 'The bank could not be reached. Please try again.';
      buttons.forEach((button) => { button.disabled = false; });
    }
  }

  buttons.forEach((button) => button.addEventListener('click', () => end(button.id)));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') end('close');
  });
  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || event.origin !== location.origin) return;
    if (event.data.verb === 'focus') buttons[0].focus();
    if (event.data.verb === 'close') end('close');
  });
})();
