/** The Luhn check digit (ISO/IEC 7812-1) that belongs after `body`, a string of decimal digits. */
export function luhnDigit(body: string): string {
  let sum = 0;
  for (let i = 0; i < body.length; i += 1) {
    const digit = Number(body[body.length - 1 - i]);
    const doubled = i % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}

/** True when the last digit of `digits` is the Luhn digit of the others. */
export function hasLuhnDigit(digits: string): boolean {
  return digits.length > 1 && digits.at(-1) === luhnDigit(digits.slice(0, -1));
}

/** True when the last of 13 digits is the GS1 check digit (EAN-13; a UPC-A with a leading zero). */
export function hasEanDigit(digits: string): boolean {
  if (!/^\d{13}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < 12; i += 1) sum += Number(digits[i]) * (i % 2 === 0 ? 1 : 3);
  return Number(digits[12]) === (10 - (sum % 10)) % 10;
}
