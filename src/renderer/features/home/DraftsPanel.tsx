import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconClockHour4, IconTicket, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Draft } from '#core/assignment/draft.ts';
import { useNow } from '../../clock.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { ListPanel, ListRow } from '../../components/ListPanel.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { ToneMark } from '../../components/ToneMark.tsx';
import { Countdown, useFormat } from '../../format.tsx';
import { useDraftName } from '../../frame/DraftTabs.tsx';
import { draftState, firstLapse } from '../../frame/use-drafts.ts';
import classes from './HomePage.module.css';
import { useDiscardDraft, useExtendHolds } from './use-draft-actions.ts';

interface DraftsPanelProps {
  drafts: readonly Draft[];
  error: unknown;
  onRetry: () => void;
}

/** Assignments that somebody began: whose holds run out first stand first. */
export function DraftsPanel({ drafts, error, onRetry }: DraftsPanelProps) {
  const { t } = useTranslation('home');
  if (error) return <ErrorNotice error={error} onRetry={onRetry} />;
  if (drafts.length === 0) return null;
  const byUrgency = [...drafts].sort((a, b) => (firstLapse(a) ?? '~').localeCompare(firstLapse(b) ?? '~'));
  return (
    <ListPanel title={t('drafts.title')} count={drafts.length}>
      {byUrgency.map((draft) => (
        <DraftRow key={draft.id} draft={draft} />
      ))}
    </ListPanel>
  );
}

const SOON_MS = 2 * 60 * 1000;

function DraftRow({ draft }: { draft: Draft }) {
  const { t } = useTranslation('home');
  const nameOf = useDraftName();
  const now = useNow(5_000);
  const lapse = firstLapse(draft);
  const left = lapse === null ? null : new Date(lapse).getTime() - now.getTime();
  const soon = draft.status === 'open' && left !== null && left < SOON_MS;
  return (
    <ListRow
      mark={<IconTicket size={20} stroke={1.6} aria-hidden />}
      tone={soon ? 'warn' : undefined}
      title={
        <Link href={`/assign/${draft.id}`}>
          <bdi>{nameOf(draft)}</bdi>
        </Link>
      }
      detail={<DraftFacts draft={draft} />}
    >
      {draft.status === 'ordered' ? (
        <OrderedMark draft={draft} />
      ) : (
        lapse !== null && (
          <span className={classes.timer} data-soon={soon || undefined}>
            <IconClockHour4 size={15} aria-hidden />
            {left !== null && left > 0 ? t('drafts.held') : null} <Countdown until={lapse} />
          </span>
        )
      )}
      {soon && <ExtendButton draftId={draft.id} />}
      <Button component={Link} href={`/assign/${draft.id}`} variant="default" size="compact-md">
        {t(draft.status === 'ordered' ? 'drafts.follow' : 'drafts.resume')}
      </Button>
      {draft.status === 'open' && <DiscardButton draftId={draft.id} name={nameOf(draft)} />}
    </ListRow>
  );
}

function OrderedMark({ draft }: { draft: Draft }) {
  const { t } = useTranslation('work');
  const state = draftState(draft);
  if (state === 'refused') return <ToneMark tone="bad">{t('track.refused')}</ToneMark>;
  if (state === 'saved') return <ToneMark tone="busy">{t('track.saved')}</ToneMark>;
  return <StatusMark kind="job" status="running" />;
}

function DraftFacts({ draft }: { draft: Draft }) {
  const { t } = useTranslation('home');
  const { phone, iccid, time } = useFormat();
  const items = draft.items.map(({ item }) => {
    if (item.identifiers.msisdn) return phone(item.identifiers.msisdn);
    if (item.identifiers.iccid) return iccid(item.identifiers.iccid);
    return item.label;
  });
  const facts = [draft.customer === null ? null : draft.product?.name, ...items].filter(Boolean);
  return facts.length > 0 ? facts.join(' · ') : t('drafts.begun', { time: time(draft.createdAt) });
}

function ExtendButton({ draftId }: { draftId: string }) {
  const { t } = useTranslation('home');
  const extend = useExtendHolds();
  return (
    <Button size="compact-md" variant="light" loading={extend.isPending} onClick={() => extend.mutate({ draftId })}>
      {t('drafts.extend')}
    </Button>
  );
}

function DiscardButton({ draftId, name }: { draftId: string; name: string }) {
  const { t } = useTranslation('home');
  const discard = useDiscardDraft();
  return (
    <Tooltip label={t('drafts.discard')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('drafts.discardOf', { name })}
        loading={discard.isPending}
        onClick={() => discard.mutate({ draftId })}
      >
        <IconTrash size={17} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
