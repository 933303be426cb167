// Starts Braintree's two scripts. Before boot.js, which speaks for the page and starts nothing here.
(function (w, d) {
  function meta(name) {
    var c = d.querySelector('[name=card-entry-' + name + ']').content;
    return c.slice(0, 2) == '{{' ? '' : c;
  }
  var own = [], folder = meta('braintree-js'), q = location.search;
  if (folder && !meta('error') && w.parent != w && w.origin != 'null' &&
      /[?&]braintree_tokenization_key=(sandbox|production)_/.test(q) && !/\b[sr]k_|whsec|_secret/i.test(q)) {
    ['client', 'hosted-fields'].forEach(function (name) {
      var s = d.createElement('script');
      s.id = 'braintree-' + name;
      s.src = folder + '/' + name + '.min.js';
      s.onload = s.onerror = function (e) { s.dataset.state = e.type; };
      d.head.append(s);
      own.push(s);
    });
  }
  // A script that did not come is tried again by the form: no reason to give the page up.
  w.addEventListener('error', function (e) {
    if (own.indexOf(e.target) >= 0) {
      e.stopImmediatePropagation();
      e.target.dataset.state = 'error';
    }
  }, true);
})(window, document);
