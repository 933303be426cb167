// Starts Stripe.js beside the Wasm; speaks for a page whose Wasm never comes.
(function (w, d) {
  var q = location.search, said = {
    en: ['This card form didn’t load.', 'Reload'],
    fr: ['Ce formulaire ne s’est pas chargé.', 'Recharger'],
    es: ['Este formulario no se cargó.', 'Recargar'],
    de: ['Dieses Formular wurde nicht geladen.', 'Neu laden'],
    ar: ['لم يُحمَّل هذا النموذج.', 'إعادة التحميل']
  }, lang = ((/[?&]locale=([a-z]{2})\b/i.exec(q) || [])[1] || navigator.language).slice(0, 2).toLowerCase();
  if (!said[lang]) lang = 'en';
  d.documentElement.lang = lang;
  if (lang == 'ar') d.documentElement.dir = 'rtl';

  function meta(name) {
    var c = d.querySelector('[name=card-entry-' + name + ']').content;
    return c.slice(0, 2) == '{{' ? '' : c;
  }
  // A rough look: server and Wasm read the address properly. Never for one that may be wrong.
  if (meta('stripe-js') && !meta('error') && w.parent != w && w.origin != 'null' &&
      /[?&]stripe_publishable_key=pk_(test|live)_/.test(q) && !/\b[sr]k_|whsec|_secret/i.test(q)) {
    var s = d.createElement('script');
    s.id = 'stripe-js';
    s.src = meta('stripe-js');
    s.onload = function () { s.dataset.state = 'loaded'; };
    s.onerror = function () { s.dataset.state = 'failed'; };
    d.head.append(s);
  }

  // English is in the Wasm; another language is asked for at once, and kept.
  var base = d.currentScript.src, words = {};
  w.cardEntryWords = function (l) {
    return words[l] = words[l] || fetch(new URL('words/' + l + '.json', base)).then(function (r) { return r.json(); })
      .catch(function () { delete words[l]; return {}; });
  };
  if (lang != 'en') w.cardEntryWords(lang);

  function main() { return d.querySelector('main'); }
  function say() {
    var p = d.createElement('p'), b = d.createElement('button');
    p.role = 'alert';
    p.textContent = said[lang][0];
    b.textContent = said[lang][1];
    b.onclick = function () { location.reload(); };
    main().dataset.phase = 'unusable';
    main().replaceChildren(p, b);
  }
  function lost() { if (main() && 'shell' in main().dataset) say(); }
  setTimeout(lost, 15000);
  w.addEventListener('unhandledrejection', lost);
  w.addEventListener('error', function (e) {
    if (e.error instanceof WebAssembly.RuntimeError) say();
    else if (/^(SCRIPT|LINK)$/.test(e.target.tagName) && e.target.id != 'stripe-js') lost();
  }, true);
  // Back from the back-forward cache after a save: start clean.
  w.addEventListener('pageshow', function (e) {
    if (e.persisted && main().dataset.phase == 'saved') location.reload();
  });
})(window, document);
