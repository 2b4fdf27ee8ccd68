import type { PortalService } from '#core/contract/portal/services.ts';
import type { Hideable } from '#core/domain/portal.ts';

export interface ServiceLink {
  readonly key: 'view_usage' | 'top_up' | 'add_ons' | 'change' | 'details';
  readonly href: string;
}

/**
 * Where each action that central allows on a service is done, without what the operator hides. Details are always there;
 * they come last.
 */
export function serviceLinks(
  { id, actions }: Pick<PortalService, 'id' | 'actions'>,
  hidden: readonly Hideable[],
): ServiceLink[] {
  const may = (action: PortalService['actions'][number], element?: Hideable) =>
    actions.includes(action) && (element === undefined || !hidden.includes(element));
  const links: (ServiceLink | false)[] = [
    may('view_usage', 'usage') && { key: 'view_usage', href: `/usage/${id}` },
    may('top_up', 'recharge') && { key: 'top_up', href: `/recharge/${id}` },
    may('add_ons', 'add_ons') && { key: 'add_ons', href: `/recharge/${id}#add_on` },
    may('change_renewal') && { key: 'change', href: `/services/${id}#renewal` },
    { key: 'details', href: `/services/${id}` },
  ];
  return links.filter((link) => link !== false);
}
