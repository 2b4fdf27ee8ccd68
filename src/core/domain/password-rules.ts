// Apart from the schema, so that a page can show the rules without a parser.

/** AU-3: 8 or more characters with upper, lower, digit and one of !@#$%^&*. The one rule for staff and customers. */
export const passwordRules = [
  { rule: 'length', holds: (text: string) => text.length >= 8 && text.length <= 200 },
  { rule: 'upper', holds: (text: string) => /[A-Z]/.test(text) },
  { rule: 'lower', holds: (text: string) => /[a-z]/.test(text) },
  { rule: 'digit', holds: (text: string) => /\d/.test(text) },
  { rule: 'special', holds: (text: string) => /[!@#$%^&*]/.test(text) },
] as const;
export type PasswordRule = (typeof passwordRules)[number]['rule'];

/** The rules of AU-3 that a text does not keep; the message of each issue is a rule's name. */
export function brokenPasswordRules(text: string): PasswordRule[] {
  return passwordRules.filter(({ holds }) => !holds(text)).map(({ rule }) => rule);
}
