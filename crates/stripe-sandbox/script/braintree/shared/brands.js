// Card brands: prefixes, lengths and grouping. Pure; used by the frames and by the page.
// The brands of a prefix are compared with credit-card-type 10.2.0, which braintree-web 3.144.0 pins, for every prefix of six
// digits: conformance/tests/braintree-brands.test.mjs. The order of brands and of ranges matters.
const BRANDS = [
  brand('visa', 'Visa', ['4'], [16, 18, 19], ['CVV', 3]),
  brand('master-card', 'Mastercard', ['51-55', '2221-2229', '223-229', '23-26', '270-271', '2720'], [16], ['CVC', 3]),
  brand('american-express', 'American Express', ['34', '37'], [15], ['CID', 4], [4, 10]),
  brand('diners-club', 'Diners Club', ['300-305', '36', '38', '39'], [14, 16, 19], ['CVV', 3], [4, 10]),
  brand('discover', 'Discover', ['6011', '644-649', '65'], [16, 19], ['CID', 3]),
  brand('jcb', 'JCB', ['2131', '1800', '3528-3589'], [16, 17, 18, 19], ['CVV', 3]),
  brand('unionpay', 'UnionPay', ['620', '62100-62182', '62184-62187', '62185-62197', '62200-62205', '622010-622999', '622018', '62207-62209', '623-626', '6270', '6272', '6276', '627700-627779', '627781-627799', '6282-6289', '6291', '6292', '810', '8110-8131', '8132-8151', '8152-8163', '8164-8171'], [14, 15, 16, 17, 18, 19], ['CVN', 3]),
  brand('naranja', 'Naranja', ['589562', '402918', '527572'], [16], ['CVV', 3]),
  brand('verve', 'Verve', ['506099-506127', '506129', '506133-506150', '506158-506163', '506166', '506168', '506170', '506173', '506176-506180', '506184', '506187-506188', '506191', '506195', '506197', '507865', '507866', '507868-507877', '507880-507888', '507900', '507941'], [16, 18, 19], ['CVV', 3]),
  brand('maestro', 'Maestro', ['493698', '500000-504174', '504176-506698', '506779-508999', '56-59', '63', '67', '6'], [12, 13, 14, 15, 16, 17, 18, 19], ['CVC', 3]),
  brand('elo', 'Elo', ['401178-401179', '438935', '457631-457632', '431274', '451416', '457393', '504175', '506699-506778', '509000-509999', '627780', '636297', '636368', '650031-650033', '650035-650051', '650405-650439', '650485-650538', '650541-650598', '650700-650718', '650720-650727', '650901-650978', '651652-651679', '655000-655019', '655021-655058'], [16], ['CVE', 3]),
  brand('mir', 'Mir', ['2200-2204'], [16, 17, 18, 19], ['CVP2', 3]),
  brand('hiper', 'Hiper', ['637095', '63737423', '63743358', '637568', '637599', '637609', '637612'], [16], ['CVC', 3]),
  brand('hipercard', 'Hipercard', ['606282'], [16], ['CVC', 3]),
];

function brand(type, niceType, starts, lengths, [name, size], gaps = [4, 8, 12]) {
  return { type, niceType, starts, lengths, gaps, code: { name, size } };
}

// How many digits of the first matching range match: 0 without a match, and half for a number that is too short.
function fit(starts, digits) {
  for (const start of starts) {
    const [from, to = from] = start.split('-');
    const head = digits.slice(0, from.length);
    const width = head.length;
    if (head >= from.slice(0, width) && head <= to.slice(0, width)) return width === from.length ? width : 0.5;
  }
  return 0;
}

// The possible brands of the number; one brand, when all matches are complete and one is the best.
function brandsOf(digits) {
  if (digits === '') return BRANDS;
  const fits = BRANDS.map((entry) => ({ entry, by: fit(entry.starts, digits) })).filter(({ by }) => by > 0);
  if (fits.some(({ by }) => by < 1)) return fits.map(({ entry }) => entry);
  const best = fits.reduce((known, other) => (known && known.by >= other.by ? known : other), null);
  return best ? [best.entry] : [];
}

// The brand as events contain it.
function shown({ niceType, type, code }) {
  return { niceType, type, code: { ...code } };
}

function allCards() {
  return BRANDS.map(shown);
}

function passesLuhn(digits) {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]) * (i % 2 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return digits.length > 0 && sum % 10 === 0;
}
