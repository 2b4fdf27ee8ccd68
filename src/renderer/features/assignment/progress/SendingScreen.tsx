import { Button, Group, Text } from '@mantine/core';
import { IconPrinter, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Draft } from '#core/assignment/draft.ts';
import { settlementsOf } from '#core/sync/outbox.ts';
import { PageHeader } from '../../../components/PageHeader.tsx';
import { SendingTrack } from '../../../components/SendingTrack.tsx';
import { deskQuery } from '../../../desk.ts';
import { play } from '../../../sound.ts';
import { trackOf } from '../../../work/track.ts';
import { useIsOffline } from '../../../work/use-work.ts';
import { Choices } from '../../outbox/Choices.tsx';
import { Reason } from '../../outbox/Reason.tsx';
import { HandOverSheet } from '../handover/HandOverSheet.tsx';
import { VerifyItems } from '../handover/VerifyItems.tsx';
import { verifiable } from '../handover/verification.ts';
import { useWizardKeys } from '../use-wizard-keys.ts';
import classes from './Progress.module.css';

export type Sending = NonNullable<Draft['sending']>;

/**
 * Between Confirm and head office's answer: where the order is, what to tell the customer, the hand-over all the same. It
 * gives way to the live progress by itself; refused, it says why and what can be done.
 */
export function SendingScreen({ draft, sending }: { draft: Draft; sending: Sending }) {
  const { t } = useTranslation('progress');
  const [, navigate] = useLocation();
  const customer = draft.customer?.name ?? '';
  const product = draft.product?.name ?? '';
  const handed = verifiable(draft.items.map(({ item }) => item));
  useWizardKeys({ onConfirm: () => {}, onEscape: () => navigate('/') });
  useRefusalSound(sending.state);
  const steps = trackOf({
    state: sending.state,
    savedAt: sending.savedAt,
    decidedAt: sending.acceptedAt,
    order: undefined,
  });
  return (
    <div className={classes.page}>
      <PageHeader
        title={t(`sending.title.${sending.state}`, { customer })}
        subtitle={sending.state === 'saved' ? t('sending.subject', { product }) : product}
      />
      <div className={classes.narrow}>
        <section className={classes.card} data-testid="sending" data-state={sending.state}>
          <SendingTrack steps={steps} large />
          {sending.state === 'refused' ? (
            <Refused draft={draft} sending={sending} />
          ) : (
            <OnItsWay draft={draft} state={sending.state} />
          )}
        </section>
        {sending.state !== 'settled' && sending.state !== 'refused' && handed.length > 0 && (
          <VerifyItems items={handed} onVerified={() => {}} />
        )}
      </div>
    </div>
  );
}

/** Sounds when the refusal comes under the eyes of staff. */
function useRefusalSound(state: Sending['state']): void {
  const before = useRef(state);
  useEffect(() => {
    if (before.current === 'saved' && state === 'refused') play('failed');
    before.current = state;
  }, [state]);
}

function OnItsWay({ draft, state }: { draft: Draft; state: Exclude<Sending['state'], 'refused'> }) {
  const { t } = useTranslation('progress');
  const isOffline = useIsOffline();
  const [isPrinting, setPrinting] = useState(false);
  const words = useRef<HTMLDivElement>(null);
  // Not on the button: an Enter too many after Confirm must not send staff away.
  useEffect(() => words.current?.focus({ preventScroll: true }), []);
  const says = { saved: isOffline ? 'offline' : 'online', accepted: 'accepted', settled: 'cancelled' }[state];
  return (
    <>
      <div ref={words} tabIndex={-1} className={classes.now} role="status">
        <span className={classes.nowTitle}>{t(`sending.${says}`)}</span>
        {state === 'saved' && (
          <Text size="sm" c="dimmed">
            {t('sending.tell')}
          </Text>
        )}
      </div>
      <Group gap="xs" mt="lg">
        <Button component={Link} href="/" size="md" leftSection={<IconUserPlus size={17} aria-hidden />}>
          {t('nextCustomer')}
        </Button>
        {state !== 'settled' && (
          <Button
            variant="default"
            size="md"
            leftSection={<IconPrinter size={17} aria-hidden />}
            onClick={() => setPrinting(true)}
          >
            {t('sending.print')}
          </Button>
        )}
      </Group>
      {state === 'saved' && (
        <Text size="sm" c="dimmed" mt={8}>
          {t('sending.nextText')}
        </Text>
      )}
      {isPrinting && (
        <HandOverSheet
          of={{ draftId: draft.id }}
          language={draft.customer?.language ?? 'en'}
          hasSim={draft.items.some(({ item }) => item.identifiers.iccid !== undefined)}
          onClose={() => setPrinting(false)}
        />
      )}
    </>
  );
}

function Refused({ draft, sending }: { draft: Draft; sending: Sending }) {
  const entry = {
    id: sending.commandId,
    type: 'order.place' as const,
    error: sending.error,
    subject: draft.product?.name ?? '',
    customerName: draft.customer?.name ?? '',
  };
  // The host knows whether sending it again makes sense; until it said so, what holds for any order.
  const { data } = useQuery(deskQuery.outbox.list.queryOptions({ input: { open: true, limit: 200 } }));
  const known = data?.items.find(({ id }) => id === sending.commandId);
  return (
    <div role="alert" className={classes.refused} data-testid="refused">
      {sending.error !== null && <Reason error={sending.error} />}
      <Choices entry={entry} choices={known?.choices ?? settlementsOf(entry)} autoFocus />
    </div>
  );
}
