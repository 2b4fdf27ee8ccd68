import type { PortalActivity } from '#core/domain/portal.ts';

/** The key of an entry's text below `action`: the action itself, or one for how it went where that makes another sentence. */
export function textKey({ action, detail }: Pick<PortalActivity, 'action' | 'detail'>): string {
  if (action === 'service.renewal_changed') return `${action}_${detail.autoRenew === true ? 'on' : 'off'}`;
  if (action === 'customer.changed' || action === 'contact.changed') {
    return typeof detail.fields === 'string' && detail.fields !== '' ? `${action}_fields` : action;
  }
  if (action.startsWith('payment_method.')) return typeof detail.lastFour === 'string' ? `${action}_card` : action;
  if (action === 'order.placed') return typeof detail.productName === 'string' ? `${action}_product` : action;
  if (action === 'impersonation.started') return typeof detail.reason === 'string' ? `${action}_reason` : action;
  return action;
}
