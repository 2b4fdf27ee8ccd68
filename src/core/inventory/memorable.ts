/** People remember and dial the last digits; the leading ones are the network's. */
const SUBSCRIBER_DIGITS = 7;

/** Length of the longest run in which each digit differs from the one before by `step`. */
function longestRun(digits: readonly number[], step: number): { length: number; atEnd: boolean } {
  let best = { length: 1, atEnd: false };
  let length = 1;
  for (let i = 1; i < digits.length; i += 1) {
    length = (digits[i] ?? 0) - (digits[i - 1] ?? 0) === step ? length + 1 : 1;
    if (length >= best.length) best = { length, atEnd: i === digits.length - 1 };
  }
  return best;
}

function isPalindrome(text: string): boolean {
  return text === [...text].reverse().join('');
}

/** Longest ending of at least 4 digits that reads the same backwards; 0 when there is none. */
function palindromeEnding(text: string): number {
  for (let start = 0; start <= text.length - 4; start += 1) {
    if (isPalindrome(text.slice(start))) return text.length - start;
  }
  return 0;
}

/** Digits covered by a block of 2 or 3 said at least twice at the end: 1212, 123123. */
function repeatedEnding(text: string): number {
  const match = /(\d{2,3}?)\1+$/.exec(text);
  return match === null ? 0 : match[0].length;
}

/**
 * How easy a number is to remember, 0 (nothing to hold on to) to 100, from the last 7 digits of `msisdn`: repeated
 * digits, sequences, palindromes, repeated groups and few different digits; an ending counts more than a middle.
 */
export function memorability(msisdn: string): number {
  const tail = msisdn.replace(/\D/g, '').slice(-SUBSCRIBER_DIGITS);
  if (tail.length < SUBSCRIBER_DIGITS) return 0;
  const digits = [...tail].map(Number);
  const same = longestRun(digits, 0);
  const steps = [longestRun(digits, 1), longestRun(digits, -1)].sort((a, b) => b.length - a.length);
  const sequence = steps[0] ?? { length: 1, atEnd: false };
  let score = (SUBSCRIBER_DIGITS - new Set(tail).size) * 4;
  if (same.length > 1) score += (same.length - 1) * 6 + (same.atEnd ? 4 : 0);
  if (sequence.length > 2) score += (sequence.length - 2) * 12 + (sequence.atEnd ? 4 : 0);
  score += palindromeEnding(tail) * 2 + repeatedEnding(tail) * 3;
  return Math.min(100, score);
}
