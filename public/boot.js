// Starts Stripe.js; speaks for a page whose Wasm never comes.
(function (w, d) {
  var q = location.search, root = d.documentElement, said = {
    en: ['This card form didn’t load.', 'Reload'],
    fr: ['Ce formulaire ne s’est pas chargé.', 'Recharger'],
    es: ['Este formulario no se cargó.', 'Recargar'],
    de: ['Das Formular lädt nicht.', 'Neu laden'],
    ar: ['لم يُحمَّل هذا النموذج.', 'إعادة التحميل']
  }, lang = ((/[?&]locale=([a-z]{2})\b/i.exec(q) || [])[1] || navigator.language).slice(0, 2).toLowerCase();
  root.lang = lang = said[lang] ? lang : 'en';
  root.dir = lang == 'ar' ? 'rtl' : 'ltr';
  root.dataset.theme = (/[?&]color_scheme=(dark|auto)\b/.exec(q) || [])[1] || 'light';

  function meta(name) {
    var c = d.querySelector('[name=card-entry-' + name + ']').content;
    return c.slice(0, 2) == '{{' ? '' : c;
  }
  if (meta('stripe-js') && !meta('error') && w.parent != w && w.origin != 'null' &&
      /[?&]stripe_publishable_key=pk_(test|live)_/.test(q) && !/\b[sr]k_|whsec|_secret/i.test(q)) {
    var s = d.createElement('script');
    s.id = 'stripe-js';
    s.src = meta('stripe-js');
    s.onload = s.onerror = function (e) { s.dataset.state = e.type; };
    d.head.append(s);
  }

  // English is in the Wasm.
  var base = d.currentScript.src, words = {};
  w.cardEntryWords = function (l) {
    return words[l] = words[l] || fetch(new URL('words/' + l + '.json', base)).then(function (r) { return r.json(); })
      .catch(function () { delete words[l]; return {}; });
  };
  if (lang != 'en') w.cardEntryWords(lang);

  // What is in view of the form and of each part that the Wasm names; the Wasm judges. Not whether something lies over it
  // (`trackVisibility`): of frames that ask for that, Chromium drops every click within half a second of a move.
  if (w.IntersectionObserver) {
    var sight = w.cardEntrySight = {}, steps = [];
    while (steps.length < 41) steps.push(steps.length / 40);
    var eye = new IntersectionObserver(function (all) {
      all.forEach(function (e) {
        sight[e.target.id || 'form'] = e.intersectionRatio;
        if (e.target == root) {
          sight.width = e.intersectionRect.width / e.boundingClientRect.width;
          sight.height = e.intersectionRect.height;
        }
      });
    }, { threshold: steps });
    eye.observe(root);
    w.cardEntryWatch = function (e) { eye.observe(e); };
  }

  function main() { return d.querySelector('main'); }
  function say() {
    var p = d.createElement('p'), b = d.createElement('button'), m = main();
    p.role = 'alert';
    p.textContent = said[lang][0];
    b.textContent = said[lang][1];
    b.onclick = function () { location.reload(); };
    m.dataset.phase = 'unusable';
    m.replaceChildren(p, b);
  }
  function lost() { if ('shell' in main().dataset) say(); }
  setTimeout(lost, 15000);
  w.addEventListener('unhandledrejection', lost);
  w.addEventListener('error', function (e) {
    if (w.WebAssembly && e.error instanceof WebAssembly.RuntimeError) say();
    // A module that ended in an error is told to the window, a file that did not come to its element.
    else if (e.target == w ? !(e.filename || '-').indexOf(w.origin) : /SCRIPT|LINK/.test(e.target.tagName) && e.target != s) lost();
  }, true);
  w.addEventListener('pageshow', function (e) {
    if (e.persisted && main().dataset.phase == 'saved') location.reload();
  });
})(window, document);
