// Loads Stripe.js; shows an error when the Wasm is late, does not come, or has panicked.
(function (w, d) {
  var q = location.search, root = d.documentElement, texts = {
    en: ['This card form didn’t load.', 'Reload', 'Still loading. Your connection may be slow.',
      'We don’t know yet whether your card was saved. Please look at your saved cards first.'],
    fr: ['Ce formulaire ne s’est pas chargé.', 'Recharger', 'Chargement en cours. Votre connexion est peut-être lente.',
      'Nous ne savons pas encore si votre carte est enregistrée. Consultez d’abord vos cartes enregistrées.'],
    es: ['Este formulario no se cargó.', 'Recargar', 'Sigue cargando. Puede que su conexión sea lenta.',
      'Aún no sabemos si su tarjeta se guardó. Consulte primero sus tarjetas guardadas.'],
    de: ['Das Formular lädt nicht.', 'Neu laden', 'Es wird noch geladen. Ihre Verbindung ist vielleicht langsam.',
      'Wir wissen noch nicht, ob Ihre Karte gespeichert wurde. Bitte sehen Sie zuerst bei Ihren gespeicherten Karten nach.'],
    ar: ['لم يُحمَّل هذا النموذج.', 'إعادة التحميل', 'ما زال التحميل جاريًا. قد يكون اتصالك بطيئًا.',
      'لا نعرف بعد هل حُفظت بطاقتك. يرجى الاطلاع على بطاقاتك المحفوظة أولًا.']
  }, lang = ((/[?&]locale=([a-z]{2})\b/i.exec(q) || [])[1] || navigator.language).slice(0, 2).toLowerCase();
  root.lang = lang = texts[lang] ? lang : 'en';
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
  var base = d.currentScript.src, files = {};
  w.cardEntryTexts = function (l) {
    return files[l] = files[l] || fetch(new URL('words/' + l + '.json', base)).then(function (r) { return r.json(); })
      .catch(function () { delete files[l]; return {}; });
  };
  if (lang != 'en') w.cardEntryTexts(lang);

  // Measures the visible share of the form and of each part that the Wasm names; the Wasm decides. Without
  // `trackVisibility`: Chromium then drops every click within half a second after the iframe moves.
  if (w.IntersectionObserver) {
    var view = w.cardEntryView = {}, steps = [];
    while (steps.length < 41) steps.push(steps.length / 40);
    var observer = new IntersectionObserver(function (all) {
      all.forEach(function (e) {
        view[e.target.id || 'form'] = e.intersectionRatio;
        if (e.target == root) {
          view.width = e.intersectionRect.width / e.boundingClientRect.width;
          view.height = e.intersectionRect.height;
        }
      });
    }, { threshold: steps });
    observer.observe(root);
    w.cardEntryWatch = function (e) { observer.observe(e); };
  }

  function main() { return d.querySelector('main'); }
  function show(at) {
    var p = d.createElement('p'), b = d.createElement('button'), m = main();
    p.role = 'alert';
    p.textContent = texts[lang][at];
    b.textContent = texts[lang][1];
    b.onclick = function () { location.reload(); };
    m.dataset.phase = 'unusable';
    m.inert = false;
    m.replaceChildren(p, b);
  }
  function shell() { return 'shell' in main().dataset; }
  function fail() { if (shell()) show(0); }
  setTimeout(function () {
    var p = d.getElementById('status');
    if (shell() && p) p.textContent = texts[lang][2];
  }, 3000);
  setTimeout(fail, 15000);

  // A panic, or an error from one of our own files: the page cannot continue. Errors from Stripe.js's file do not count.
  function isOurs(x) {
    var at = x instanceof Error && /https?:\/\/[^\s)]+/.exec(x.stack);
    return w.WebAssembly && x instanceof WebAssembly.RuntimeError || at && !at[0].indexOf(w.origin + '/');
  }
  // A running save may continue at Stripe or in the parent, so its outcome is unknown.
  function crash() {
    var m = main(), busy = root.hasAttribute('data-busy'), text = texts[lang][busy ? 3 : 0];
    if (m.dataset.phase == 'saved' || 'crashed' in m.dataset) return;
    m.dataset.crashed = '';
    show(busy ? 3 : 0);
    if (w.cardEntryPort) {
      w.cardEntryPort.postMessage({ v: 1, type: 'unusable', code: busy ? 'outcome_unknown' : 'crashed', message: text });
    } else if (busy) meta('parents').split(/\s+/).forEach(function (parent) {
      if (!/^https?:\/\/[^*]+$/.test(parent)) return;
      w.parent.postMessage({ isStripeCallback: true, error: { type: 'card_entry_error', code: 'outcome_unknown', message: text } }, parent);
    });
  }
  w.addEventListener('unhandledrejection', function (e) {
    if (isOurs(e.reason)) crash();
    else fail();
  });
  w.addEventListener('error', function (e) {
    if (isOurs(e.error)) crash();
    // A module's error goes to the window, the error of a missing file to its element.
    else if (e.target == w ? !(e.filename || '-').indexOf(w.origin) : /SCRIPT|LINK/.test(e.target.tagName) && e.target != s) fail();
  }, true);
  w.addEventListener('pageshow', function (e) {
    if (e.persisted && main().dataset.phase == 'saved') location.reload();
  });
})(window, document);
