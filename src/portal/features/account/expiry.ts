const days = { in30: 30, in90: 90, in365: 365 } as const;
const DAY_MS = 86_400_000;

export const expiryChoices = ['in30', 'in90', 'in365', 'onDate', 'never'] as const;
export type ExpiryChoice = (typeof expiryChoices)[number];

/** The instant that a choice means: a day of the customer's own choice counts to its end, where they are. Null for never. */
export function expiryOf(choice: ExpiryChoice, date: string, now: Date): string | null {
  if (choice === 'never') return null;
  if (choice === 'onDate') return new Date(`${date}T23:59:59`).toISOString();
  return new Date(now.getTime() + days[choice] * DAY_MS).toISOString();
}

/** The first day that can be chosen, as an input of days wants it. */
export function tomorrow(now: Date): string {
  const day = new Date(now.getTime() + DAY_MS);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
