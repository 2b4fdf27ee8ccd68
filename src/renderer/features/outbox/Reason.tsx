import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Technical } from '../../components/ErrorNotice.tsx';
import { describeError } from '../../errors.ts';
import classes from './outbox.module.css';

/** Why head office said no, in staff's words: what happened, what it means, what to do; the technical text folded below. */
export function Reason({ error }: { error: unknown }) {
  const { t, i18n } = useTranslation('errors');
  const words = describeError(error, t, i18n.language);
  return (
    <div className={classes.reason}>
      <Text size="sm" fw={600}>
        {words.title}
      </Text>
      <Text size="sm">{`${words.meaning} ${words.advice}`}</Text>
      <Technical text={words.technical} number={words.number} />
    </div>
  );
}
