import { z } from 'zod';
import { languageSchema } from '../domain/common.ts';
import { brandSchema } from '../domain/portal.ts';
import { checkCss } from './css-check.ts';
import { logoProblem } from './logo.ts';

/** A key of the portal's catalogues: namespace and path, such as dashboard:alerts.title. */
const TEXT_KEY = /^[a-z][\w-]*(?::[\w-]+)?(?:\.[\w-]+)*$/i;
/** A tag, or a reference that would be looked up in turn. Text is text: it is never read as anything else. */
const NOT_PLAIN = /<\/?[a-z!?]|\$t\(/i;

const textsSchema = z.record(
  z.string().max(120).regex(TEXT_KEY),
  z
    .string()
    .trim()
    .min(1)
    .max(2_000)
    .refine((text) => !NOT_PLAIN.test(text), 'is plain text, without tags'),
);

/** So many are told at once. */
const MOST_PROBLEMS = 20;
const logoMessages = {
  type: 'is no PNG, JPEG, WebP or SVG as a data: address',
  size: 'has more than 200 kB',
  content: 'is not what its type says',
};

/** A brand as it may be kept: what `brandSchema` says, and a style sheet and a logo that are safe to show. */
export const checkedBrandSchema = brandSchema.extend({
  logo: brandSchema.shape.logo.superRefine((logo, context) => {
    const problem = logo === null ? null : logoProblem(logo);
    if (problem !== null) context.addIssue({ code: 'custom', message: logoMessages[problem] });
  }),
  css: brandSchema.shape.css.superRefine((css, context) => {
    for (const { code, line, text } of checkCss(css).problems.slice(0, MOST_PROBLEMS))
      context.addIssue({ code: 'custom', message: `line ${line}: ${code} ${text}` });
  }),
  texts: z.partialRecord(languageSchema, textsSchema),
});
