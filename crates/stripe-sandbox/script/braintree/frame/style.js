// Converts the page's styles to a stylesheet, with a fixed list of properties. Every selector and value is checked.

function applyStyles(styles) {
  const sheet = new CSSStyleSheet();
  for (const [selector, given] of Object.entries(styles || {})) {
    const text = selector.startsWith('@media') ? media(selector, given) : rule(selector, given);
    try {
      if (text) sheet.insertRule(text, sheet.cssRules.length);
    } catch {
      console.warn(`Hosted Fields: the selector "${selector}" is not supported.`);
    }
  }
  document.adoptedStyleSheets = [sheet];
}

function media(query, inner) {
  if (/[{};<>\\]/.test(query)) return '';
  return `${query} { ${Object.entries(inner || {}).map(([selector, given]) => rule(selector, given)).join(' ')} }`;
}

function rule(selector, given) {
  if (/[{}<\\@;]|\/\*/.test(selector)) return '';
  const lines = [];
  for (const [name, value] of Object.entries(given || {})) {
    const text = String(value);
    if (!STYLES.includes(name)) console.warn(`Hosted Fields: the property "${name}" is not supported.`);
    else if (text.length <= 200 && !/[;{}<>\\]|url\s*\(|\/\*|@/i.test(text)) lines.push(`${name}: ${text};`);
  }
  return lines.length ? `${selector} { ${lines.join(' ')} }` : '';
}
