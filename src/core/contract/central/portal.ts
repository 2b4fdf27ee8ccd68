import { z } from 'zod';
import { checkedBrandSchema } from '../../brand/checked-brand.ts';
import { idSchema, instantSchema, languageSchema } from '../../domain/common.ts';
import { brandSchema, portalSectionSchema } from '../../domain/portal.ts';
import { command, query } from '../base.ts';

const tag = 'Portal';

/** The look as staff edit it. */
export const brandStateSchema = z.object({
  brand: brandSchema,
  /** 0 until somebody changed it; to be sent back with a change. */
  version: z.int().min(0),
  changedAt: instantSchema.nullable(),
  changedBy: z.string().nullable(),
  /** What was there before the last change, to go back to. */
  previous: brandSchema.nullable(),
  /** Where customers reach the portal. */
  portalUrl: z.url(),
});
export type BrandState = z.infer<typeof brandStateSchema>;

/** What staff and the operator's own programs do about the customers' portal. */
export const portalDeskContract = {
  /**
   * For an iframe or a redirect of the operator's own site, which knows its visitor. With `customerId` alone the session is
   * the customer's, with the primary contact where there is one; with `contactId` that contact's. It may do what needs an
   * account only when that contact has one.
   */
  createLink: command(
    'open_portal',
    { method: 'POST', path: '/portal-links' },
    tag,
    'An address that lets a customer into the portal once, within 5 minutes',
    ['customer_not_open'],
  )
    .input(
      z
        .object({
          customerId: idSchema.optional(),
          contactId: idSchema.optional(),
          language: languageSchema.optional(),
          section: portalSectionSchema.optional(),
        })
        .refine(({ customerId, contactId }) => (customerId === undefined) !== (contactId === undefined), {
          message: 'Send customerId or contactId, one of both.',
          path: ['customerId'],
        }),
    )
    .output(z.object({ url: z.url(), expiresAt: instantSchema })),
  brand: query('manage_portal', '/portal/brand', tag, 'The look of the portal').output(brandStateSchema),
  changeBrand: command(
    'manage_portal',
    { method: 'PUT', path: '/portal/brand' },
    tag,
    'Change the look of the portal',
    ['changed_meanwhile'],
  )
    .input(z.object({ version: z.int().min(0), brand: checkedBrandSchema }))
    .output(brandStateSchema),
};
