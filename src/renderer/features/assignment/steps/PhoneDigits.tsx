import type { NumberPattern } from '#core/assignment/number-pattern.ts';
import { useFormat } from '../../../format.tsx';
import classes from './Slot.module.css';

/** A number as it is read, with the digits that were searched for marked. */
export function PhoneDigits({ number, pattern }: { number: string; pattern: NumberPattern | null }) {
  const { phone } = useFormat();
  const text = phone(number);
  const match = pattern?.find(number.replace(/\D/g, '')) ?? null;
  if (match === null) return <span className={classes.number}>{text}</span>;
  const start = positionOf(text, match.start);
  const end = positionOf(text, match.end - 1) + 1;
  return (
    <span className={classes.number}>
      {text.slice(0, start)}
      <mark>{text.slice(start, end)}</mark>
      {text.slice(end)}
    </span>
  );
}

/** Where the nth digit is in a text with signs and spaces. */
function positionOf(text: string, digit: number): number {
  let seen = -1;
  for (let at = 0; at < text.length; at += 1) {
    if (/\d/.test(text[at] ?? '')) seen += 1;
    if (seen === digit) return at;
  }
  return text.length;
}
