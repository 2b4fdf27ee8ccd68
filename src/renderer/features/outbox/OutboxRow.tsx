import { Text } from '@mantine/core';
import {
  IconBuildingCommunity,
  IconId,
  IconReceipt,
  IconUserEdit,
  IconUserPlus,
  type TablerIcon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { z } from 'zod';
import { orderSchema } from '#core/domain/provisioning.ts';
import type { OutboxEntry, Settlement } from '#core/sync/outbox.ts';
import { useMachineNow } from '../../clock.ts';
import { SendingTrack } from '../../components/SendingTrack.tsx';
import { deskQuery } from '../../desk.ts';
import { useFormat } from '../../format.tsx';
import { trackOf } from '../../work/track.ts';
import { useNumber } from '../../work/use-number.ts';
import { useEnrolment, useIsOffline } from '../../work/use-work.ts';
import { Choices } from './Choices.tsx';
import classes from './outbox.module.css';
import { Reason } from './Reason.tsx';

export type ListedEntry = OutboxEntry & { blockedBy: string | null; choices: Settlement[] };

const icons: Record<OutboxEntry['type'], TablerIcon> = {
  'customer.create': IconUserPlus,
  'customer.change': IconUserEdit,
  'contact.create': IconId,
  'site.create': IconBuildingCommunity,
  'order.place': IconReceipt,
};

interface OutboxRowProps {
  entry: ListedEntry;
  /** What it waits for, when that was refused and is known. */
  blocker?: OutboxEntry;
  /** On the customer's own page the name says nothing. */
  hideCustomer?: boolean;
}

/** One piece of work: whose, what, by whom and when, how far it is; refused, also why and what can be done. */
export function OutboxRow({ entry, blocker, hideCustomer = false }: OutboxRowProps) {
  const { t } = useTranslation(['work', 'common']);
  const { moment } = useFormat();
  const numberOf = useNumber();
  const now = useMachineNow(60_000);
  const order = useOrderStatus(entry);
  const Icon = icons[entry.type];
  const steps = trackOf({ state: entry.state, savedAt: entry.madeAt, decidedAt: entry.decidedAt, order });
  const to = entry.draftId === null ? `/customers/${customerIdOf(entry)}` : `/assign/${entry.draftId}`;
  const what = t(`type.${entry.type.replace('.', '_')}`);
  return (
    <article id={`entry-${entry.id}`} className={classes.entry} data-state={entry.state} data-testid="outbox-entry">
      <span className={classes.icon} aria-hidden>
        <Icon size={19} stroke={1.7} />
      </span>
      <div className={classes.words}>
        <div className={classes.title}>
          <Link href={to} dir="auto">
            {hideCustomer || entry.type === 'customer.create' ? entry.subject : entry.customerName}
          </Link>
          {!hideCustomer && <span className={classes.quiet}>{numberOf(customerIdOf(entry))}</span>}
        </div>
        <div className={classes.detail}>
          <span dir="auto">
            {hideCustomer || entry.type === 'customer.create'
              ? what
              : `${t('common:lead', { label: what })} ${entry.subject}`}
          </span>
          <span dir="auto">{t('row.by', { name: entry.userName, when: moment(entry.madeAt, now) })}</span>
        </div>
        {entry.state === 'saved' && <Waiting entry={entry} blocker={blocker} />}
      </div>
      <div className={classes.track}>
        <SendingTrack steps={steps} />
      </div>
      {entry.state === 'refused' && (
        <div className={classes.refusal}>
          {entry.error !== null && <Reason error={entry.error} />}
          <Choices entry={entry} choices={entry.choices} />
        </div>
      )}
    </article>
  );
}

const numbered = z.object({ id: z.number(), customerId: z.number().optional() });

/** Head office's number of the customer once its answer gives one; before, the id the entry was made with. */
function customerIdOf({ type, customerId, result }: OutboxEntry): number {
  const answer = numbered.safeParse(result).data;
  if (answer === undefined) return customerId;
  return type === 'customer.create' || type === 'customer.change' ? answer.id : (answer.customerId ?? customerId);
}

/** What became of an accepted order since: head office knows, as long as it can be asked. Null for what is no order. */
function useOrderStatus({ type, state, result }: OutboxEntry) {
  const order = orderSchema.safeParse(result).data;
  const asked = state === 'accepted' && order !== undefined;
  const { data } = useQuery(
    deskQuery.orders.get.queryOptions({ input: { id: order?.id ?? 0 }, enabled: asked, staleTime: 10_000 }),
  );
  // What head office said when it accepted is long past: unknown is better than moving.
  return type === 'order.place' ? data?.status : null;
}

function Waiting({ entry, blocker }: Pick<OutboxRowProps, 'entry' | 'blocker'>) {
  const { t } = useTranslation('work');
  const { moment } = useFormat();
  const now = useMachineNow(60_000);
  const isOffline = useIsOffline();
  const isRevoked = useEnrolment()?.state === 'revoked';
  if (entry.blockedBy !== null) {
    return (
      <p className={classes.blocked}>
        {blocker === undefined ? t('row.blockedUnknown') : t('row.blocked', { subject: blocker.subject })}{' '}
        {blocker !== undefined && (
          <button
            type="button"
            className={classes.jump}
            onClick={() => document.getElementById(`entry-${blocker.id}`)?.scrollIntoView({ block: 'center' })}
          >
            {t('row.showBlocker')}
          </button>
        )}
      </p>
    );
  }
  const words = isRevoked
    ? t('row.revoked')
    : isOffline
      ? t('row.waitsLine')
      : entry.lastTriedAt === null || entry.error === null
        ? t('row.beingSent')
        : t('row.tried', { when: moment(entry.lastTriedAt, now) });
  return (
    <Text size="sm" c="dimmed" mt={2}>
      {words}
    </Text>
  );
}
