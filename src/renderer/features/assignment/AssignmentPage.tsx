import { Button } from '@mantine/core';
import { IconTicketOff } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import type { Draft } from '#core/assignment/draft.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { deskQuery } from '../../desk.ts';
import { codeOf } from '../../errors.ts';
import { ProgressScreen } from './progress/ProgressScreen.tsx';
import { SendingScreen } from './progress/SendingScreen.tsx';
import { WizardScreen } from './WizardScreen.tsx';

/** `/assign/:draftId/:step?`: the wizard while the draft is open, its way to head office and its progress once it is ordered. */
export function AssignmentPage() {
  const { draftId = '', step } = useParams<{ draftId: string; step?: string }>();
  const { t } = useTranslation('assignment');
  const { data: draft, error, refetch } = useQuery(deskQuery.drafts.get.queryOptions({ input: { draftId } }));
  if (draft !== undefined) return <DraftScreen key={draft.id} draft={draft} step={step} />;
  if (error === null) return <LoadingRows label={t('loading')} />;
  if (codeOf(error) !== 'not_found') return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  return <Gone />;
}

function DraftScreen({ draft, step }: { draft: Draft; step: string | undefined }) {
  if (draft.status === 'discarded') return <Discarded draft={draft} />;
  if (draft.order !== null) return <ProgressScreen draft={draft} order={draft.order} />;
  if (draft.status === 'ordered' && draft.sending !== null) {
    return <SendingScreen draft={draft} sending={draft.sending} />;
  }
  return <WizardScreen draft={draft} asked={step} />;
}

function Gone() {
  const { t } = useTranslation('assignment');
  return (
    <EmptyState
      icon={<IconTicketOff size={24} />}
      title={t('gone.title')}
      text={t('gone.text')}
      action={
        <Button component={Link} href="/">
          {t('gone.home')}
        </Button>
      }
    />
  );
}

function Discarded({ draft }: { draft: Draft }) {
  const { t } = useTranslation('assignment');
  const restore = useMutation(deskQuery.drafts.restore.mutationOptions());
  return (
    <>
      {restore.error && <ErrorNotice error={restore.error} />}
      <EmptyState
        icon={<IconTicketOff size={24} />}
        title={t('discarded.title')}
        text={t('discarded.hint')}
        action={
          <Button loading={restore.isPending} onClick={() => restore.mutate({ draftId: draft.id })}>
            {t('discarded.undo')}
          </Button>
        }
      />
    </>
  );
}
