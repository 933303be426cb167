// Converts the page's `style` option to a stylesheet, with a fixed list of properties. Every value is checked.
/** @type {Record<string, string>} */
const PROPERTIES = {
  backgroundColor: 'background-color', color: 'color', fontFamily: 'font-family', fontSize: 'font-size',
  fontSmoothing: '-webkit-font-smoothing', fontStyle: 'font-style', fontVariant: 'font-variant', fontWeight: 'font-weight',
  iconColor: '--icon-color', letterSpacing: 'letter-spacing', lineHeight: 'line-height', padding: 'padding',
  textAlign: 'text-align', textDecoration: 'text-decoration', textShadow: 'text-shadow', textTransform: 'text-transform',
};
const VARIANTS = { base: '', complete: '.is-complete', empty: '.is-empty', invalid: '.is-invalid' };
const STATES = [':hover', ':focus', '::placeholder', '::selection', ':-webkit-autofill', ':disabled', '::-ms-clear'];
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [sheet];

/** @param {Record<string, any> | undefined} style */
function applyStyle(style) {
  /** @type {string[]} */
  const rules = [];
  for (const [variant, suffix] of Object.entries(VARIANTS)) {
    const given = (style || {})[variant] || {};
    rules.push(rule(`.InputElement${suffix}`, given));
    if (given.color && !suffix) rules.push(rule('.Network', { color: given.color }));
    if (given.iconColor) rules.push(`#root${suffix} .Icon { color: ${safe(given.iconColor)} }`);
    for (const state of STATES) if (given[state]) rules.push(rule(`.InputElement${suffix}${state}`, given[state]));
  }
  sheet.replaceSync(rules.filter(Boolean).join('\n'));
}

/**
 * @param {string} selector
 * @param {Record<string, unknown>} given
 */
function rule(selector, given) {
  const lines = Object.entries(given)
    .filter(([name, value]) => PROPERTIES[name] && (typeof value === 'string' || typeof value === 'number') && safe(value))
    .map(([name, value]) => `${PROPERTIES[name]}: ${safe(value)};`);
  return lines.length ? `${selector} { ${lines.join(' ')} }` : '';
}

// A value must not end its declaration, open a block, or load a resource.
/** @param {unknown} value */
function safe(value) {
  const text = String(value);
  return text.length <= 200 && !/[;{}<>\\]|url\s*\(|\/\*|@/i.test(text) ? text : '';
}

/** @type {Record<string, string>} */
const VARIABLES = {
  colorPrimary: '--primary', colorBackground: '--background', colorText: '--text', colorDanger: '--danger',
  borderRadius: '--radius', fontFamily: '--family', fontSizeBase: '--size',
};

// The `appearance` of the Payment Element: its theme, and the variables that apply to a card form.
/** @param {Settings['appearance']} appearance */
function applyAppearance(appearance) {
  document.documentElement.classList.toggle('night', appearance.theme === 'night');
  for (const [name, property] of Object.entries(VARIABLES)) {
    const value = (appearance.variables || {})[name];
    if (typeof value === 'string' && safe(value)) document.documentElement.style.setProperty(property, value);
  }
}
