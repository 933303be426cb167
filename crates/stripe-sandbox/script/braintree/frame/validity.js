// Whether a value is valid, or can become valid. Pure functions; each returns {isValid, isPotentiallyValid}.
const YEARS_AHEAD = 19;

function verdict(isValid, isPotentiallyValid = isValid) {
  return { isValid, isPotentiallyValid };
}

function monthVerdict(month) {
  if (month === '' || month === '0') return verdict(false, true);
  const number = Number(month);
  return { ...verdict(number >= 1 && number <= 12), isOver: number < new Date().getMonth() + 1 };
}

function yearVerdict(year) {
  const now = new Date().getFullYear();
  const century = String(now).slice(0, 2);
  if (year.length < 2) return verdict(false, true);
  if (year.length === 3) return verdict(false, year.startsWith(century));
  if (year.length > 4) return verdict(false);
  if (year === century) return verdict(false, true);
  const whole = year.length === 2 ? Number(century + year) : Number(year);
  return { ...verdict(whole >= now && whole <= now + YEARS_AHEAD), isCurrent: whole === now };
}

function dateVerdict(month, year) {
  const [byMonth, byYear] = [monthVerdict(month), yearVerdict(year)];
  if (byMonth.isValid && byYear.isValid) return verdict(!(byYear.isCurrent && byMonth.isOver));
  return verdict(false, byMonth.isPotentiallyValid && byYear.isPotentiallyValid);
}

const VERDICTS = {
  number(digits, { brands, maxCardLength, refused }) {
    if (brands.length === 0) return verdict(false);
    if (brands.length > 1) return verdict(false, true);
    const [{ type, lengths }] = brands;
    if (refused(type)) return verdict(false);
    const longest = Math.min(maxCardLength || 19, Math.max(...lengths));
    if (digits.length > longest) return verdict(false);
    if (!lengths.includes(digits.length)) return verdict(false, digits.length < longest);
    const right = type === 'unionpay' || passesLuhn(digits);
    return verdict(right, right || digits.length < longest);
  },

  cvv(digits, { sizes }) {
    return verdict(sizes.includes(digits.length), digits.length <= Math.max(...sizes));
  },

  expirationDate(text) {
    const { month, year } = dateParts(text);
    return dateVerdict(month, year);
  },

  // Of two fields each validates its own part. Only the year can detect a past date, when it knows the month.
  expirationMonth: (month) => monthVerdict(month),

  expirationYear(year, { month }) {
    const own = yearVerdict(year);
    return own.isValid && own.isCurrent && month && monthVerdict(month).isOver ? verdict(false) : verdict(own.isValid, own.isPotentiallyValid);
  },

  postalCode(text, { minlength }) {
    const right = text.length >= minlength && /^[a-z0-9]+$/i.test(text.trim().slice(0, minlength));
    return verdict(right, true);
  },

  cardholderName(text) {
    if (text.length > 255) return verdict(false);
    return verdict(text.length > 0 && !/^[\d\s-]*$/.test(text), true);
  },
};
