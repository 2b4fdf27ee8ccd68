import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../errors.ts';
import { useIsOffline } from '../work/use-work.ts';
import { EmptyState } from './EmptyState.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';
import classes from './ReadError.module.css';

type What =
  | 'activity'
  | 'items'
  | 'orders'
  | 'provisioning'
  | 'job'
  | 'imports'
  | 'history'
  | 'inventory'
  | 'desks'
  | 'service'
  | 'customer';

interface ReadErrorProps {
  /** What can't be shown, in the catalogue's words. */
  what: What;
  error: unknown;
  onRetry: () => void;
  /** One line, where the page is about something else. */
  quiet?: boolean;
}

/**
 * Why something can't be shown. Without a line that is said plainly and needs no button: it is read again by itself when
 * the line is back. Anything else is an error like any other.
 */
export function ReadError({ what, error, onRetry, quiet = false }: ReadErrorProps) {
  const { t } = useTranslation('work');
  const isOffline = useIsOffline();
  if (!isOffline || codeOf(error) !== 'unavailable') return <ErrorNotice error={error} onRetry={onRetry} />;
  const text = t('needsLine.text', { what: t(`what.${what}`) });
  if (quiet) {
    return (
      <p className={classes.quiet} role="status">
        <IconPlugConnectedX size={17} aria-hidden />
        {text}
      </p>
    );
  }
  return <EmptyState icon={<IconPlugConnectedX size={24} />} title={t('needsLine.title')} text={text} />;
}
