import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './EmptyState.tsx';
import classes from './NeedsLine.module.css';

/** What only head office has, in the catalogue's words. */
export type What =
  | 'activity'
  | 'items'
  | 'orders'
  | 'provisioning'
  | 'job'
  | 'imports'
  | 'history'
  | 'inventory'
  | 'desks'
  | 'staff'
  | 'service'
  | 'customer';

interface NeedsLineProps {
  what: What;
  /** One line, where the page is about something else. */
  quiet?: boolean;
}

/** Says plainly that something is out of reach without the line. No button: it is read again by itself when it is back. */
export function NeedsLine({ what, quiet = false }: NeedsLineProps) {
  const { t } = useTranslation('work');
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
