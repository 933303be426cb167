// Card numbers: brand, length and grouping. Pure functions.
/** @typedef {ChangeOf['cardNumber']['brand']} Brand */
/** @typedef {{ brand: Brand, lengths: number[], gaps: number[], cvc: number[] }} BrandRule */
/** @type {(BrandRule & { starts: RegExp })[]} */
const BRANDS = [
  { brand: 'amex', starts: /^3[47]/, lengths: [15], gaps: [4, 10], cvc: [4] },
  { brand: 'diners', starts: /^36/, lengths: [14], gaps: [4, 10], cvc: [3] },
  { brand: 'diners', starts: /^3(0|8|9)/, lengths: [14, 16], gaps: [4, 8, 12], cvc: [3] },
  { brand: 'jcb', starts: /^35/, lengths: [16], gaps: [4, 8, 12], cvc: [3] },
  { brand: 'discover', starts: /^6(011|4[4-9]|5)/, lengths: [16], gaps: [4, 8, 12], cvc: [3] },
  { brand: 'unionpay', starts: /^(62|81)/, lengths: [16, 17, 18, 19], gaps: [4, 8, 12, 16], cvc: [3] },
  { brand: 'mastercard', starts: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16], gaps: [4, 8, 12], cvc: [3] },
  { brand: 'visa', starts: /^4/, lengths: [16], gaps: [4, 8, 12], cvc: [3] },
];
/** @type {BrandRule} */
const UNKNOWN = { brand: 'unknown', lengths: [16], gaps: [4, 8, 12], cvc: [3, 4] };

/** @param {string} digits @returns {BrandRule} */
function brandOf(digits) {
  return BRANDS.find((entry) => entry.starts.test(digits)) || UNKNOWN;
}

/** @param {string | undefined} name @returns {BrandRule} */
function brandNamed(name) {
  return BRANDS.find((entry) => entry.brand === name) || UNKNOWN;
}

/** @param {string} digits */
function passesLuhn(digits) {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]) * (i % 2 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/**
 * Formats digits in groups, with a space after a complete group when more digits may follow.
 * @param {string} digits
 */
function groupNumber(digits) {
  const { gaps, lengths } = brandOf(digits);
  let shown = '';
  for (let i = 0; i < digits.length; i += 1) {
    if (gaps.includes(i)) shown += ' ';
    shown += digits[i];
  }
  return gaps.includes(digits.length) && digits.length < Math.max(...lengths) ? `${shown} ` : shown;
}

/**
 * Parses an entered, pasted or autofilled expiry date to at most four digits: 1/30, 01 / 2030, 2030-01, 0130. While the
 * person deletes, an incomplete month is not completed.
 * @param {string} text
 * @param {boolean} deleting
 */
function expiryDigits(text, deleting) {
  const named = /^\s*(\d{1,2})\s*[/.\-\s]\s*(?:20)?(\d{0,2})\s*$/.exec(text);
  const iso = /^\s*20(\d{2})-(\d{2})\s*$/.exec(text);
  if (iso) return `${iso[2]}${iso[1]}`;
  if (named && (named[2] || '').length === 2) return `${(named[1] || '').padStart(2, '0')}${named[2]}`;
  let digits = text.replace(/\D/g, '');
  if (deleting && digits.length < 2) return digits;
  if (/^(0[1-9]|1[0-2])20\d{2}$/.test(digits)) digits = digits.slice(0, 2) + digits.slice(4);
  if (/^[2-9]/.test(digits)) digits = `0${digits}`;
  else if (/^1[3-9]/.test(digits) || /^\s*1\s*\//.test(text)) digits = `0${digits}`;
  return digits.slice(0, 4);
}

/** @param {string} digits */
function groupExpiry(digits) {
  return digits.length < 2 ? digits : `${digits.slice(0, 2)} / ${digits.slice(2)}`;
}
