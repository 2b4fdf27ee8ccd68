import type { PortalActivity } from '../domain/portal.ts';

/** An entry of the audit as far as it decides what its customer sees of it. */
export interface AuditFact {
  readonly id: number;
  readonly at: string;
  readonly action: string;
  readonly actorKind: string;
  readonly actorId: number | null;
  readonly actorName: string;
  /** In whose name it was done, when that is not the actor. */
  readonly effectiveId: number | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Staff and reason of an impersonation, as the customer may know them (IM-7). */
export interface ImpersonationFact {
  readonly staffName: string;
  readonly reason: string;
}

type Detail = PortalActivity['detail'];
type Scalar = Detail[string];

const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const only =
  (...names: readonly string[]) =>
  (detail: AuditFact['detail']): Detail =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = detail[name];
        return isScalar(value) ? [[name, value]] : [];
      }),
    );

const shownFields = ['name', 'type', 'status', 'email', 'phone', 'language'];
/** Which fields were changed, by name: what they were and are is on other pages. */
const fields = (detail: AuditFact['detail']): Detail => ({
  fields: shownFields.filter((field) => field in detail).join(','),
});

const nothing = (): Detail => ({});

/**
 * The actions that a customer sees, each with the facts of it that may leave. What is not listed stays inside: an action
 * that somebody adds is not shown before somebody has thought about it here.
 */
const shown: Readonly<Record<string, (detail: AuditFact['detail']) => Detail>> = {
  'customer.created': nothing,
  'customer.changed': fields,
  'contact.created': only('name'),
  'contact.changed': fields,
  'site.created': only('name'),
  'order.placed': only('productName', 'serviceName'),
  'order.cancelled': nothing,
  'service.activated': only('name'),
  'service.renewed': only('name'),
  'service.suspended': only('name'),
  'service.expired': only('name'),
  'service.renewal_changed': only('name', 'autoRenew'),
  'service.esim_shown': only('name'),
  'payment_method.default_changed': only('kind', 'lastFour'),
  'payment_method.removed': only('kind', 'lastFour'),
  'portal_key.created': only('name', 'access'),
  'portal_key.revoked': only('name'),
  'notifications.changed': nothing,
  'portal.signed_in': nothing,
  'portal.signed_out': nothing,
  'portal.entered_by_link': nothing,
  'account.password_changed': nothing,
  'account.password_set': nothing,
  'account.reset_link_sent': nothing,
  'account.email_change_asked': nothing,
  'account.email_change_cancelled': nothing,
  'account.email_changed': nothing,
  'account.two_factor_on': nothing,
  'account.two_factor_off': nothing,
  'account.two_factor_reset': nothing,
  'account.two_factor_codes': nothing,
  'account.sessions_ended': only('ended'),
  'impersonation.started': nothing,
  'impersonation.entered': nothing,
  'impersonation.changes_allowed': nothing,
  'impersonation.refused': nothing,
  'impersonation.blocked': nothing,
  'impersonation.copied': nothing,
  'impersonation.ended': nothing,
};

export const shownActions: readonly string[] = Object.keys(shown);

interface Looking {
  readonly contactId: number | null;
}

/**
 * What a customer sees of an entry; null for what stays inside. Staff are "staff" without a name, except where they looked
 * through the customer's eyes (IM-7).
 */
export function activityOf(
  fact: AuditFact,
  looking: Looking,
  impersonation: ImpersonationFact | null = null,
): PortalActivity | null {
  const detailOf = Object.hasOwn(shown, fact.action) ? shown[fact.action] : undefined;
  if (detailOf === undefined) return null;
  const isImpersonation = fact.action.startsWith('impersonation.');
  const impersonated = isImpersonation || (fact.actorKind === 'user' && fact.effectiveId !== null);
  const { id, at, action } = fact;
  const detail = {
    ...detailOf(fact.detail),
    ...(isImpersonation && impersonation ? { reason: impersonation.reason } : {}),
  };
  if (impersonated) {
    const actorName = fact.actorKind === 'user' ? fact.actorName : (impersonation?.staffName ?? null);
    return { id, at, action, actor: 'staff', actorName, impersonated, detail };
  }
  return { id, at, action, ...actorOf(fact, looking), impersonated, detail };
}

function actorOf(
  { actorKind, actorId, actorName }: AuditFact,
  { contactId }: Looking,
): Pick<PortalActivity, 'actor' | 'actorName'> {
  switch (actorKind) {
    case 'contact':
      return actorId === contactId ? { actor: 'you', actorName: null } : { actor: 'contact', actorName };
    case 'customer':
      return contactId === null ? { actor: 'you', actorName: null } : { actor: 'contact', actorName: null };
    case 'portal_key':
      return { actor: 'program', actorName };
    case 'user':
    case 'api_key':
    case 'desk':
      return { actor: 'staff', actorName: null };
    default:
      return { actor: 'system', actorName: null };
  }
}
