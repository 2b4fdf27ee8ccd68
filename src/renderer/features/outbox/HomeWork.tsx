import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ListPanel } from '../../components/ListPanel.tsx';
import { useOpenWork } from '../../work/use-work.ts';
import { OutboxRow } from './OutboxRow.tsx';
import classes from './outbox.module.css';

const REFUSED_SHOWN = 5;
const WAITING_SHOWN = 3;

/** On the worklist: what head office refused, decided right here; and what is still on its way. */
export function HomeWork() {
  const { t } = useTranslation('work');
  const { refused, waiting } = useOpenWork();
  return (
    <>
      <Part title={t('home.title')} entries={refused} most={REFUSED_SHOWN} all={refused} />
      <Part title={t('home.waiting')} entries={waiting.toReversed()} most={WAITING_SHOWN} all={refused} />
    </>
  );
}

type Entries = ReturnType<typeof useOpenWork>['refused'];

function Part({ title, entries, most, all }: { title: string; entries: Entries; most: number; all: Entries }) {
  const { t } = useTranslation('work');
  const more = entries.length - most;
  if (entries.length === 0) return null;
  return (
    <ListPanel
      title={title}
      count={entries.length}
      actions={
        <Anchor component={Link} href="/outbox" size="sm">
          {t('home.all')}
        </Anchor>
      }
    >
      {entries.slice(0, most).map((entry) => (
        <OutboxRow key={entry.id} entry={entry} blocker={all.find(({ id }) => id === entry.blockedBy)} />
      ))}
      {more > 0 && (
        <div className={classes.older}>
          <Anchor component={Link} href="/outbox" size="sm">
            {t('home.more', { count: more })}
          </Anchor>
        </div>
      )}
    </ListPanel>
  );
}
