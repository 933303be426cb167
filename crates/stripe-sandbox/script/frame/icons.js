// An icon of the brand, as inline SVG, so that no file is fetched.
/** @type {Record<string, [string, string]>} */
const MARKS = {
  visa: ['#1a1f71', 'VISA'], mastercard: ['#eb001b', 'MC'], amex: ['#2e77bc', 'AMEX'], discover: ['#f76b1c', 'DISC'],
  diners: ['#0069aa', 'DC'], jcb: ['#0b7d3e', 'JCB'], unionpay: ['#00447c', 'UP'], cartes_bancaires: ['#29477d', 'CB'],
  unknown: ['#8792a2', ''],
};

/**
 * @param {HTMLElement} into
 * @param {string} brand
 * @param {string | undefined} style
 */
function drawIcon(into, brand, style) {
  const solid = style === 'solid';
  const drawn = `${brand} ${solid}`;
  if (into.dataset.drawn === drawn) return;
  into.dataset.drawn = drawn;
  into.dataset.brand = brand;
  const [colour, word] = MARKS[brand] || ['#8792a2', ''];
  const svg = shape('svg', { viewBox: '0 0 32 21', width: 24, height: 16, 'aria-hidden': 'true', focusable: 'false' });
  const ground = shape('rect', { width: 32, height: 21, rx: 3, fill: solid ? 'currentColor' : colour });
  svg.append(ground);
  if (brand === 'mastercard' && !solid) {
    ground.setAttribute('fill', '#252525');
    svg.append(shape('circle', { cx: 13, cy: 10.5, r: 6, fill: '#eb001b' }), shape('circle', { cx: 19, cy: 10.5, r: 6, fill: '#f79e1b', 'fill-opacity': 0.9 }));
  } else if (word) {
    const text = shape('text', {
      x: 16, y: 14, 'text-anchor': 'middle', 'font-size': word.length > 3 ? 9.5 : 11, 'font-weight': 700,
      'font-family': 'Arial, sans-serif', fill: '#fff',
    });
    text.textContent = word;
    svg.append(text);
  } else {
    svg.append(shape('rect', { y: 4, width: 32, height: 4, fill: '#fff', 'fill-opacity': 0.6 }));
  }
  into.replaceChildren(svg);
}

/**
 * @param {string} kind
 * @param {Record<string, string | number>} attributes
 */
function shape(kind, attributes) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', kind);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}
