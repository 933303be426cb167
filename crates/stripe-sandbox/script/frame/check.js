// Validates a value. Pure functions. `error` is shown while the person types, `lacking` on blur and on submit.
/** @typedef {{ complete: boolean, error: string | null, lacking: string | null }} Verdict */
/** @typedef {{ brand: string, country: string }} Around */
/** @type {Record<string, (value: string, around: Around) => Verdict>} */
const CHECKS = {
  number(digits) {
    const { lengths } = brandOf(digits);
    const complete = lengths.includes(digits.length) && passesLuhn(digits);
    const error = digits.length >= Math.max(...lengths) && !complete ? 'invalid_number' : null;
    return { complete, error, lacking: complete ? null : 'incomplete_number' };
  },

  expiry(digits) {
    const month = Number(digits.slice(0, 2));
    if (digits.length >= 2 && (month < 1 || month > 12)) return { complete: false, error: 'invalid_expiry_month', lacking: 'invalid_expiry_month' };
    if (digits.length < 4) return { complete: false, error: null, lacking: 'incomplete_expiry' };
    const year = 2000 + Number(digits.slice(2));
    const today = new Date();
    let error = null;
    if (year < today.getFullYear()) error = 'invalid_expiry_year_past';
    else if (year > today.getFullYear() + 49) error = 'invalid_expiry_year';
    else if (year === today.getFullYear() && month < today.getMonth() + 1) error = 'invalid_expiry_month_past';
    return { complete: !error, error, lacking: error };
  },

  // A code that was valid for the previous brand can be too long for the new one.
  cvc(digits, { brand }) {
    const { cvc } = brandNamed(brand);
    const complete = cvc.includes(digits.length);
    const error = digits.length > Math.max(...cvc) ? 'invalid_cvc' : null;
    return { complete, error, lacking: error || (complete ? null : 'incomplete_cvc') };
  },

  postal(text, { country }) {
    const complete = postalRule(country).whole.test(text.trim());
    return { complete, error: null, lacking: complete ? null : 'incomplete_zip' };
  },

  country() {
    return { complete: true, error: null, lacking: null };
  },
};
