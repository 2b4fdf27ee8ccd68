import { Text } from '@mantine/core';
import { IconCircleCheckFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EnrolledDesk } from '#core/contract/desk/work.ts';
import { ListPanel } from '../../components/ListPanel.tsx';
import { useDirectoryWords } from '../../frame/DirectoryState.tsx';
import { directoryFact } from '../../work/facts.ts';
import { useSyncState } from '../../work/use-work.ts';
import classes from './desks.module.css';

/** The desk as head office knows it, with the state of what it keeps. */
export function Enrolled({ desk }: { desk: EnrolledDesk }) {
  const { t } = useTranslation('desks');
  const sync = useSyncState();
  const wordsOf = useDirectoryWords();
  const fact = sync === undefined ? null : directoryFact(sync);
  const facts: [string, string | null][] = [
    ['name', desk.name],
    ['store', desk.store.name],
    ['directory', sync === undefined || fact === null ? null : wordsOf(sync, fact[1]).long],
  ];
  return (
    <ListPanel title={t('tabs.desk')}>
      <div className={classes.panel}>
        <div className={classes.lead} data-tone="good">
          <IconCircleCheckFilled size={22} aria-hidden />
          <div>
            <Text fw={600} dir="auto">
              {t('this.enrolled.title', { name: desk.name })}
            </Text>
            <Text size="sm">{t('this.enrolled.text')}</Text>
          </div>
        </div>
        <dl className={classes.facts}>
          {facts
            .filter(([, value]) => value !== null)
            .map(([key, value]) => (
              <div key={key} style={{ display: 'contents' }}>
                <dt>{t(`this.fact.${key}`)}</dt>
                <dd dir="auto">{value}</dd>
              </div>
            ))}
        </dl>
      </div>
    </ListPanel>
  );
}
