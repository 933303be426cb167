// The bank's page: three buttons, one answer. Told to the bank's own server first, then to the frame around.
(function () {
  'use strict';
  const { source, trouble } = document.documentElement.dataset;
  const status = document.getElementById('status');
  const buttons = ['complete', 'fail', 'close'].map((id) => document.getElementById(id));
  let answered = false;

  async function decide(verdict) {
    if (answered) return;
    answered = true;
    buttons.forEach((button) => { button.disabled = true; });
    status.textContent = 'One moment…';
    try {
      const times = trouble === 'twice' ? [1, 2] : [1];
      for (const _ of times) {
        const response = await fetch(`/challenge/${encodeURIComponent(source)}/${verdict}`, { method: 'POST' });
        // 410: it was over already, which the frame around must learn just as well.
        if (!response.ok && response.status !== 410) throw new Error(String(response.status));
      }
      times.forEach(() => window.parent.postMessage({ event: 'settled' }, location.origin));
    } catch {
      answered = false;
      status.textContent = 'The bank could not be reached. Please try again.';
      buttons.forEach((button) => { button.disabled = false; });
    }
  }

  buttons.forEach((button) => button.addEventListener('click', () => decide(button.id)));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') decide('close');
  });
  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || event.origin !== location.origin) return;
    if (event.data.verb === 'focus') buttons[0].focus();
    if (event.data.verb === 'close') decide('close');
  });
})();
