// Parses and formats entered values. Pure functions.
const digitsOf = (text) => text.replace(/\D/g, '');

// 1/30, 01 / 2030, 2030-01 (as a field of type month gives it), 0130.
function dateParts(text) {
  const iso = /^(\d{4})-(\d{2})$/.exec(text.trim());
  if (iso) return { month: iso[2], year: iso[1] };
  const split = /^\s*(\d{1,2})\s*\/\s*(\d{0,4})/.exec(text);
  if (split) return { month: split[1].length === 1 && split[2] ? `0${split[1]}` : split[1], year: split[2] };
  const digits = digitsOf(text);
  return { month: digits.slice(0, 2), year: digits.slice(2, 6) };
}

function groupNumber(digits, brands) {
  if (brands.length !== 1) return digits;
  const { gaps } = brands[0];
  return [...digits].map((digit, place) => (gaps.includes(place) ? ` ${digit}` : digit)).join('');
}

const FORMATS = {
  number: {
    clean: (text, { longest }) => digitsOf(text).slice(0, longest),
    show: (value, { brands }) => groupNumber(value, brands),
  },
  cvv: { clean: (text, { longest }) => digitsOf(text).slice(0, longest), show: (value) => value },
  expirationDate: {
    clean: (text) => {
      const { month, year } = dateParts(text);
      return month.length < 2 && !text.includes('/') ? month : `${month.padStart(2, '0')}${year}`.slice(0, 6);
    },
    show: (value) => (value.length > 2 ? `${value.slice(0, 2)} / ${value.slice(2)}` : value),
  },
  expirationMonth: { clean: (text) => digitsOf(text).slice(0, 2), show: (value) => value },
  expirationYear: { clean: (text) => digitsOf(text).slice(0, 4), show: (value) => value },
  postalCode: { clean: (text, { longest }) => text.slice(0, longest), show: (value) => value },
  cardholderName: { clean: (text) => text.slice(0, 255), show: (value) => value },
};

// The value masked with a character of the page, while the field is not focused.
function mask(shownValue, { character, showLastFour }) {
  const kept = showLastFour ? shownValue.length - 4 : shownValue.length;
  return [...shownValue].map((letter, place) => (place < kept && letter !== ' ' ? character : letter)).join('');
}

// The position in `text` directly after its `count`th digit.
function placeAfter(text, count) {
  let place = 0;
  for (let seen = 0; place < text.length && seen < count; place += 1) if (/\d/.test(text[place])) seen += 1;
  return place;
}
