// Loads Braintree's two scripts. Runs before boot.js, which loads no script here.
(function (w, d) {
  function meta(name) {
    var c = d.querySelector('[name=card-entry-' + name + ']').content;
    return c.slice(0, 2) == '{{' ? '' : c;
  }
  var scripts = [], folder = meta('braintree-js'), q = location.search;
  if (folder && !meta('error') && w.parent != w && w.origin != 'null' &&
      /[?&]braintree_tokenization_key=(sandbox|production)_/.test(q) && !/\b[sr]k_|whsec|_secret/i.test(q)) {
    ['client', 'hosted-fields'].forEach(function (name) {
      var s = d.createElement('script');
      s.id = 'braintree-' + name;
      s.src = folder + '/' + name + '.min.js';
      s.onload = s.onerror = function (e) { s.dataset.state = e.type; };
      d.head.append(s);
      scripts.push(s);
    });
  }
  // The form retries a script that fails, so boot.js must not show an error.
  w.addEventListener('error', function (e) {
    if (scripts.indexOf(e.target) >= 0) {
      e.stopImmediatePropagation();
      e.target.dataset.state = 'error';
    }
  }, true);
})(window, document);
