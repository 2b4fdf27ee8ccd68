import { Button, Progress, Text } from '@mantine/core';
import { IconDatabase, IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SyncState } from '#core/contract/desk/work.ts';
import { useMachineNow } from '../clock.ts';
import { ToneMark } from '../components/ToneMark.tsx';
import { deskQuery } from '../desk.ts';
import { useFormat } from '../format.tsx';
import { useNotify } from '../notify.tsx';
import { type DirectoryWords, directoryFact, shareDone } from '../work/facts.ts';
import { useIsOffline, useSyncState } from '../work/use-work.ts';
import { LongOrShort } from './LongOrShort.tsx';
import classes from './StatusBar.module.css';
import { StatusFact } from './StatusFact.tsx';

/** How fresh this desk's directory is: current, behind, or being read, with how far that is. */
export function DirectoryState() {
  const sync = useSyncState();
  const wordsOf = useDirectoryWords();
  const fact = sync === undefined ? null : directoryFact(sync);
  if (sync === undefined || fact === null) return null;
  const [tone, key] = fact;
  const isReading = tone === 'busy';
  return (
    <StatusFact
      width={340}
      mark={
        <span className={classes.reading}>
          <ToneMark tone={tone} icon={tone === 'idle' ? IconDatabase : undefined}>
            <LongOrShort {...wordsOf(sync, key)} />
          </ToneMark>
          {isReading && (
            <Progress
              size={3}
              w={72}
              value={sync.progress === null ? 0 : 100 * shareDone(sync.progress)}
              aria-label={wordsOf(sync, key).long}
            />
          )}
        </span>
      }
    >
      {() => <Detail sync={sync} />}
    </StatusFact>
  );
}

/** The directory's state in words: all of them, and the few for a narrow bar. */
export function useDirectoryWords() {
  const { t } = useTranslation('work');
  const { number, percent, moment } = useFormat();
  const now = useMachineNow(60_000);
  return ({ progress, lastSyncAt }: SyncState, key: DirectoryWords): { long: string; short: string } => {
    const facts = {
      at: lastSyncAt === null ? '' : moment(lastSyncAt, now),
      percent: progress === null ? '' : percent(shareDone(progress)),
      done: number(progress?.done ?? 0),
      total: number(progress?.total ?? 0),
    };
    const long = t(`directory.${key}`, facts);
    return { long, short: t([`directory.${key}Short`, `directory.${key}`], facts) };
  };
}

function Detail({ sync }: { sync: SyncState }) {
  const { t } = useTranslation('work');
  const { number, dateTime } = useFormat();
  const notify = useNotify();
  const isOffline = useIsOffline();
  const again = useMutation(deskQuery.sync.now.mutationOptions({ onError: notify.error }));
  const { directory, progress, setAside } = sync;
  if (directory === 'off') return null;
  return (
    <>
      <Text size="sm" fw={600}>
        {t('directory.title')}
      </Text>
      <Text size="sm">{t(`directory.text.${directory}`)}</Text>
      {progress !== null && (
        <Text size="sm" className="tabular">
          {t('directory.progress', { done: number(progress.done), total: number(progress.total) })}
        </Text>
      )}
      {setAside !== null && (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t('directory.setAside', { at: dateTime(setAside.at), file: setAside.file })}
        </Text>
      )}
      {(directory === 'current' || directory === 'behind') && (
        <Button
          size="compact-md"
          variant="default"
          w="fit-content"
          mt={4}
          disabled={isOffline}
          loading={again.isPending}
          leftSection={<IconRefresh size={15} aria-hidden />}
          onClick={() => again.mutate(undefined)}
        >
          {t('directory.now')}
        </Button>
      )}
    </>
  );
}
