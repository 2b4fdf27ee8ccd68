import { z } from 'zod';
import { languageSchema } from '../domain/common.ts';
import { brandSchema } from '../domain/portal.ts';

/** What an editor sends to the preview of the look: the draft as it stands, whether or not it may be saved. */
export const draftMessageSchema = z.object({
  type: z.literal('comptoir.draft'),
  brand: brandSchema,
  language: languageSchema,
});
export type DraftMessage = z.infer<typeof draftMessageSchema>;

/** What the preview answers: that it listens, and the texts of its catalogue in a language, by `namespace:key`. */
export const previewMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('comptoir.ready') }),
  z.object({
    type: z.literal('comptoir.texts'),
    language: languageSchema,
    texts: z.record(z.string(), z.string()),
  }),
]);
export type PreviewMessage = z.infer<typeof previewMessageSchema>;

/** Desks in either of their shells; the same as may show the preview in a frame. */
export function isDeskOrigin(origin: string): boolean {
  return /^(?:app:\/\/desk|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d{1,5})?)$/.test(origin);
}
