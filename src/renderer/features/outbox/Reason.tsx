import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type ErrorData, errorCatalogue } from '#core/contract/errors.ts';
import { Technical } from '../../components/ErrorNotice.tsx';
import { describeError, errorOf } from '../../errors.ts';
import classes from './outbox.module.css';

/** Why head office said no, in staff's words: what happened, what it means, what to do; the technical text folded below. */
export function Reason({ error }: { error: ErrorData }) {
  const { t, i18n } = useTranslation('errors');
  const words = describeError(errorOf(error), t, i18n.language);
  const ownWords = useOwnWords(error);
  return (
    <div className={classes.reason}>
      <Text size="sm" fw={600}>
        {words.title}
      </Text>
      <Text size="sm">{ownWords ?? `${words.meaning} ${words.advice}`}</Text>
      <Technical text={words.technical} number={words.number} />
    </div>
  );
}

/** Refusals that mean something else here than in a form that is still open. */
function useOwnWords({ code, data }: ErrorData): string | null {
  const { t } = useTranslation('work');
  if (code === 'changed_meanwhile') return t('reason.changed');
  if (code !== 'possible_duplicate') return null;
  const known = errorCatalogue.possible_duplicate.data.safeParse(data).data?.customers ?? [];
  return t('reason.duplicate', { names: known.map(({ id, name }) => `${name} #${id}`).join(', ') });
}
