import { z } from 'zod';
import { languages } from './languages.ts';

/**
 * Ids shown to people: short positive integers. Accepts the digits of a path or a query as well as a number. A negative one
 * is of a desk's own making (see sync/local-ids.ts) and never head office's, where nothing is found under it.
 */
export const idSchema = z.coerce
  .number<number>()
  .int()
  .min(-2_147_483_647)
  .max(2_147_483_647)
  .refine((id) => id !== 0);
export const uuidSchema = z.uuid();
/** UTC ISO 8601 instant, for example 2026-11-22T10:15:00.000Z. */
export const instantSchema = z.iso.datetime();
/** Calendar day without a time, for example 2026-11-22. */
export const daySchema = z.iso.date();
/** Yes or no, also as a query spells it: true, false, 1, 0, yes, no. */
export const flagSchema = z.union([z.boolean(), z.stringbool()]);
export const languageSchema = z.enum(languages);

/** A person's or company's name: any script, trimmed, 1 to 300 characters, no control characters. */
export const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(300)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  .regex(/^[^\u0000-\u001f\u007f]*$/u);
export const emailSchema = z.email().max(254);
/** E.164: a plus sign and 6 to 15 digits, as stored. Screens format it by locale. */
export const phoneSchema = z.string().regex(/^\+[1-9]\d{5,14}$/);

/** One page of a list. `nextCursor` is opaque; null on the last page. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
export const pageInputSchema = z.object({
  limit: z.coerce.number<number>().int().min(1).max(500).default(50),
  cursor: z.string().max(200).optional(),
});
