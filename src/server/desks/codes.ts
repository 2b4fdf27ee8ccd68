import { randomInt } from 'node:crypto';

/** Letters and digits that nobody takes for one another (`enrolmentCodeSchema`). */
const ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ23456789';
const LENGTH = 8;

/** A fresh enrolment code, as it is stored: without the dash. */
export function makeCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** As people read it: XXXX-XXXX. */
export function showCode(code: string): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}
