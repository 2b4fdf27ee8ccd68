/** The desk's view of the portal through a customer's eyes: begun at head office, shown by the shell, watched by the host. */
import { z } from 'zod';
import { idSchema } from '../../domain/common.ts';
import { deskMethod } from '../base.ts';
import { blockedSchema, impersonationReasonSchema, impersonationSchema } from '../central/impersonations.ts';

/** How a shell shows the portal: in the desk's own window, or in a tab of the browser that shows the desk. */
export const portalViewKindSchema = z.enum(['built_in', 'tab']);

export const portalViewSchema = z.object({
  kind: portalViewKindSchema,
  /** One that is over stays, with its reason, until `end` is called: somebody has to read why. */
  impersonation: impersonationSchema,
  /** Of a built-in view; null for a tab. */
  page: z.enum(['loading', 'shown', 'failed']).nullable(),
  /** Opens the tab, once; null as soon as it was opened, and for a built-in view. */
  url: z.string().nullable(),
});
export type PortalView = z.infer<typeof portalViewSchema>;

/** Where the page leaves room for the view, in its own pixels from the window's upper left corner. */
export const viewPlaceSchema = z.object({
  x: z.number().min(0),
  y: z.number().min(0),
  width: z.number().min(0),
  height: z.number().min(0),
});
export type ViewPlace = z.infer<typeof viewPlaceSchema>;

export const portalViewEvents = [
  /** Null: there is none any more. */
  z.object({ type: z.literal('portalView'), view: portalViewSchema.nullable() }),
  /** Something wanted to leave the portal and was kept from it. */
  z.object({ type: z.literal('portalBlocked'), blocked: blockedSchema }),
  /** The keyboard is the desk's again: somebody asked for it inside the view. */
  z.object({ type: z.literal('portalFocus') }),
] as const;

export const desksPortalView = {
  impersonation: {
    /** Begins, and shows the portal where the shell can. A former one ends. */
    start: deskMethod('can_impersonate', ['impersonation_refused'])
      .input(z.object({ contactId: idSchema, reason: impersonationReasonSchema }))
      .output(portalViewSchema),
    state: deskMethod('signed_in').output(portalViewSchema.nullable()),
    allowChanges: deskMethod('can_impersonate', ['impersonation_over']).output(portalViewSchema),
    /** Ends it here at once, and at head office; puts one away that is over. */
    end: deskMethod('signed_in').output(z.void()),
    /** Null hides the view: a dialogue of the desk is open. A view is hidden until the page that shows its banner says where. */
    place: deskMethod('signed_in')
      .input(z.object({ place: viewPlaceSchema.nullable() }))
      .output(z.void()),
    act: deskMethod('signed_in')
      .input(z.object({ act: z.enum(['focus', 'back', 'reload']) }))
      .output(z.void()),
  },
};
