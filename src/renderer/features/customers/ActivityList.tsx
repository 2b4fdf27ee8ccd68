import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Activity } from '#core/domain/customer.ts';
import { useFormat } from '../../format.tsx';
import classes from './customers.module.css';
import { useActivityWords } from './use-activity.ts';

/** Who did what, when; newest first. */
export function ActivityList({ entries, compact = false }: { entries: readonly Activity[]; compact?: boolean }) {
  const { t } = useTranslation('customers');
  const { dateTime } = useFormat();
  const wordsOf = useActivityWords();
  return (
    <ul className={classes.activity}>
      {entries.map((entry) => (
        <li key={entry.id} className={compact ? classes.entryCompact : classes.entry}>
          <Text size="sm" c="dimmed">
            <time dateTime={entry.at}>{dateTime(entry.at)}</time>
          </Text>
          <div>
            <Text size="sm">{wordsOf(entry)}</Text>
            <Text size="xs" c="dimmed">
              <bdi>{entry.actorName}</bdi>
              {entry.effectiveName && ` · ${t('activity.for', { name: entry.effectiveName })}`}
              {entry.desk && ` · ${t('activity.atDesk', { desk: entry.desk.name, when: dateTime(entry.desk.madeAt) })}`}
            </Text>
          </div>
        </li>
      ))}
    </ul>
  );
}
