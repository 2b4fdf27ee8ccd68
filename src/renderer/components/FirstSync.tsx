import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format.tsx';
import { shareDone } from '../work/facts.ts';
import { useFirstSync } from '../work/use-work.ts';
import { EmptyState } from './EmptyState.tsx';

/** In the place of "there is nothing": while the desk reads its directory, nothing found means nothing yet. */
export function FirstSync({ otherwise }: { otherwise: React.ReactNode }) {
  const { t } = useTranslation('work');
  const { number, percent } = useFormat();
  const first = useFirstSync();
  if (first === null) return otherwise;
  const { kind, progress } = first;
  return (
    <EmptyState
      title={t(kind === 'first' ? 'firstSync.title' : 'firstSync.rebuilding')}
      text={
        progress === null
          ? t('firstSync.starting')
          : t('firstSync.text', { done: number(progress.done), total: number(progress.total) })
      }
      action={
        progress !== null && (
          <>
            <Progress w={320} maw="100%" value={100 * shareDone(progress)} aria-label={t('directory.title')} />
            <Text size="sm" c="dimmed" mt={6} className="tabular">
              {percent(shareDone(progress))}
            </Text>
          </>
        )
      }
    />
  );
}
