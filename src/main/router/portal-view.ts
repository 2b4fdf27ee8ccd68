import type { desksPortalView } from '#core/contract/desk/portal-view.ts';
import type { PortalViews } from '../portal-view/portal-view.ts';
import type { DeskImplementer, DeskRouter } from './implementer.ts';

/** The view of the portal through a customer's eyes. */
export function portalViewRouter(
  { impersonation }: DeskImplementer,
  view: PortalViews,
): Pick<DeskRouter, keyof typeof desksPortalView> {
  return {
    impersonation: {
      start: impersonation.start.handler(({ input }) => view.start(input)),
      state: impersonation.state.handler(view.state),
      allowChanges: impersonation.allowChanges.handler(view.allowChanges),
      end: impersonation.end.handler(view.end),
      place: impersonation.place.handler(({ input }) => view.place(input.place)),
      act: impersonation.act.handler(({ input }) => view.act(input.act)),
    },
  };
}
