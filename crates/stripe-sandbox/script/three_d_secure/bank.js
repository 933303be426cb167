// The bank's page: three buttons and one result. The result is sent to the server first, then the parent frame is notified.
// The script runs before the page has its buttons, so that none can be clicked too early.
(function () {
  'use strict';
  const { source, fault } = document.documentElement.dataset;
  const results = ['complete', 'fail', 'close'];
  const button = (result) => document.getElementById(result);
  let ended = false;

  function setWaiting(waiting, words) {
    results.forEach((result) => { button(result).disabled = waiting; });
    document.getElementById('status').textContent = words;
  }

  async function end(result) {
    if (ended) return;
    ended = true;
    setWaiting(true, 'One moment…');
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
      setWaiting(false, 'The bank could not be reached. Please try again.');
    }
  }

  document.addEventListener('click', (event) => {
    const result = results.find((name) => button(name).contains(event.target));
    if (result) end(result);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') end('close');
  });
  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || event.origin !== location.origin) return;
    if (event.data.verb === 'focus') button('complete').focus();
    if (event.data.verb === 'close') end('close');
  });
})();
