// Looks for a card's digits in what was heard or sent. Spaces and dashes between digits hide nothing.
const RUN = 6;

// A detector for one card. `text` betrays the card when it holds six of its digits in a row; the short secrets count when
// they stand alone, since three or four digits are part of any time or port.
export function detector({ number, cvc, expiry }) {
  const runs = [];
  for (let at = 0; at + RUN <= number.length; at += 1) runs.push(number.slice(at, at + RUN));
  const alone = (word) => new RegExp(`(?<![\\w.%-])${word}(?![\\w.%-])`);
  const [month, year] = [expiry.slice(0, 2), expiry.slice(2)];
  const shorts = { cvc: [alone(cvc)], expiry: [alone(expiry), new RegExp(`(?<!\\d)${month} ?(/|%2F) ?(20)?${year}(?!\\d)`)] };
  return {
    number: (text) => { const joined = text.replace(/(?<=\d)[ -]+(?=\d)/g, ''); return runs.some((run) => joined.includes(run)); },
    cvc: (text) => shorts.cvc.some((pattern) => pattern.test(text)),
    expiry: (text) => shorts.expiry.some((pattern) => pattern.test(text)),
  };
}

// What of `loot`, `[{ way, text }]`, betrays any of `secrets`.
export function betrayed(loot, detect, secrets) {
  return loot.flatMap(({ way, text }) => secrets.filter((secret) => detect[secret](text)).map((secret) => `${way}: ${secret}`));
}
