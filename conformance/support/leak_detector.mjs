// Detects a card's digits in messages and requests, also with spaces or dashes between digits.
const MIN_DIGITS = 6;

// A detector for one card. A text leaks the number if it contains six consecutive digits of it. CVC and expiry count only as
// separate words, because three or four digits are part of many times and ports.
export function detector({ number, cvc, expiry }) {
  const runs = [];
  for (let at = 0; at + MIN_DIGITS <= number.length; at += 1) runs.push(number.slice(at, at + MIN_DIGITS));
  const alone = (word) => new RegExp(`(?<![\\w.%-])${word}(?![\\w.%-])`);
  const [month, year] = [expiry.slice(0, 2), expiry.slice(2)];
  const shorts = { cvc: [alone(cvc)], expiry: [alone(expiry), new RegExp(`(?<!\\d)${month} ?(/|%2F) ?(20)?${year}(?!\\d)`)] };
  return {
    number: (text) => { const joined = text.replace(/(?<=\d)[ -]+(?=\d)/g, ''); return runs.some((run) => joined.includes(run)); },
    cvc: (text) => shorts.cvc.some((pattern) => pattern.test(text)),
    expiry: (text) => shorts.expiry.some((pattern) => pattern.test(text)),
  };
}

// The entries of `captured`, `[{ way, text }]`, that leak one of `secrets`.
export function leaks(captured, detect, secrets) {
  return captured.flatMap(({ way, text }) => secrets.filter((secret) => detect[secret](text)).map((secret) => `${way}: ${secret}`));
}
