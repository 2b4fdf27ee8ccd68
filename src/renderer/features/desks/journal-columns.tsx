import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '#core/sync/journal.ts';
import type { Column } from '../../components/VirtualTable.tsx';
import { useFormat } from '../../format.tsx';
import classes from './desks.module.css';

/** The fields of a detail that say something to a person, in the order in which they say it. */
const telling = ['customerName', 'subject', 'userName', 'name', 'file', 'settlement', 'accepted', 'refused'] as const;

/** What an entry is about, in few words: names before anything else, never ids alone. */
export function detailText(detail: JournalEntry['detail']): string {
  return telling.flatMap((field) => shown(detail[field])).join(' · ');
}

function shown(value: unknown): string[] {
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

export function useJournalColumns(): Column<JournalEntry>[] {
  const { t } = useTranslation('desks');
  const { dateTime } = useFormat();
  const clipped = (text: string) => (
    <span className="clip" dir="auto" title={text}>
      {text}
    </span>
  );
  return [
    {
      key: 'seq',
      header: t('journal.column.seq'),
      width: '64px',
      numeric: true,
      cell: ({ seq }) => <span className={classes.quiet}>{seq}</span>,
    },
    { key: 'at', header: t('journal.column.at'), width: '180px', numeric: true, cell: ({ at }) => dateTime(at) },
    {
      key: 'event',
      header: t('journal.column.event'),
      width: 'minmax(0, 1.1fr)',
      cell: ({ event }) => clipped(t(`event.${event.replace('.', '_')}`, { defaultValue: event })),
    },
    {
      key: 'who',
      header: t('journal.column.who'),
      width: 'minmax(0, 1fr)',
      cell: ({ userName }) => clipped(userName ?? t('journal.desk')),
    },
    {
      key: 'detail',
      header: t('journal.column.detail'),
      width: 'minmax(0, 1.6fr)',
      wideOnly: true,
      cell: ({ detail }) => clipped(detailText(detail)),
    },
  ];
}
