import { Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useIsEnrolled, useIsOffline } from '../../../work/use-work.ts';
import classes from './OfflineBanner.module.css';

/** Without a line: what works all the same and what has to wait; on a desk that is not enrolled, that it can't go on. */
export function OfflineBanner() {
  const { t } = useTranslation('assignment');
  const isOffline = useIsOffline();
  const isEnrolled = useIsEnrolled();
  if (!isOffline) return null;
  const lines = isEnrolled ? (['works', 'waits'] as const) : (['cannotText'] as const);
  return (
    <section className={classes.banner} role="status" data-testid="offline-banner">
      <IconPlugConnectedX size={20} aria-hidden className={classes.icon} />
      <div>
        <Text fw={600} size="sm">
          {t(isEnrolled ? 'offline.title' : 'offline.cannotTitle')}
        </Text>
        {lines.map((line) => (
          <Text key={line} size="sm">
            {t(`offline.${line}`)}
          </Text>
        ))}
      </div>
    </section>
  );
}
