// Starts Stripe.js beside the Wasm, and owns the words of a page whose Wasm never comes. Plain ES5, at most 2 kB.
(function (w, d) {
  var root = d.documentElement, started, q = location.search;
  function meta(name) {
    var m = d.querySelector('meta[name="card-entry-' + name + '"]'), c = m ? m.content : '';
    return c.slice(0, 2) === '{{' ? '' : c;
  }
  var lang = ((/[?&]locale=(\w\w)\b/.exec(q) || [])[1] || navigator.language || 'en').slice(0, 2).toLowerCase();
  var words = {
    en: ['This card form didn’t load.', 'Reload it'],
    fr: ['Ce formulaire ne s’est pas chargé.', 'Recharger'],
    es: ['Este formulario no se ha cargado.', 'Recargar'],
    de: ['Dieses Formular wurde nicht geladen.', 'Neu laden'],
    ar: ['لم يُحمَّل هذا النموذج.', 'إعادة التحميل']
  };
  lang = words[lang] ? lang : 'en';
  root.lang = lang;
  root.dir = lang === 'ar' ? 'rtl' : 'ltr';

  // Only for an address that can be right: the server and the Wasm read it properly.
  var url = meta('stripe-js');
  if (url && !meta('error') && w.parent !== w && w.origin !== 'null' &&
      /[?&]stripe_publishable_key=pk_(test|live)_/.test(q) && !/[sr]k_|whsec|_secret/i.test(q.replace(/pk_/g, ''))) {
    var s = d.createElement('script');
    s.id = 'stripe-js';
    s.src = url;
    s.dataset.state = 'loading';
    s.onload = function () { s.dataset.state = 'loaded'; };
    s.onerror = function () { s.dataset.state = 'failed'; };
    d.head.appendChild(s);
  }

  function isShell() { return d.querySelector('main[data-shell]'); }
  function say() {
    var main = d.querySelector('main');
    if (!main) return;
    var p = d.createElement('p'), b = d.createElement('button');
    p.setAttribute('role', 'alert');
    p.textContent = words[lang][0];
    b.id = 'retry';
    b.textContent = words[lang][1];
    b.onclick = function () { location.reload(); };
    main.dataset.phase = 'unusable';
    main.replaceChildren(p, b);
  }
  function lost() { if (isShell()) say(); }
  setTimeout(lost, 15000);
  w.addEventListener('error', function (e) {
    var t = e.target, trap = w.WebAssembly && e.error instanceof WebAssembly.RuntimeError;
    if (trap) say();
    else if (isShell() && t !== w && t.id !== 'stripe-js' && /^(SCRIPT|LINK)$/.test(t.tagName)) say();
  }, true);
  w.addEventListener('unhandledrejection', lost);
  // A page that comes back from the back-forward cache after a save starts clean.
  w.addEventListener('pageshow', function (e) {
    var m = d.querySelector('main');
    if (e.persisted && m && m.dataset.phase === 'saved') location.reload();
  });
})(window, document);
