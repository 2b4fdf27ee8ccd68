import { useTranslation } from 'react-i18next';
import type { PortalMode } from '#core/domain/portal.ts';
import classes from './Entrance.module.css';
import { EntrancePage } from './EntrancePage.tsx';

const known = [
  ...(['ended', 'expired', 'idle', 'staff_signed_out', 'permission_revoked', 'account_disabled', 'copied'] as const),
];

/** The end of a visit that began without a sign-in: staff go back to the desk, others to the page that sent them. */
export function Over({ mode, reason }: { mode: PortalMode; reason: string | null }) {
  const { t } = useTranslation('access');
  if (mode === 'link') return <EntrancePage title={t('over.linkTitle')} text={t('over.linkText')} />;
  const why = known.find((each) => each === reason) ?? 'ended';
  return (
    <EntrancePage title={t('over.title')}>
      <p className={classes.notice}>{t(`over.${why}`)}</p>
      <p className={classes.text}>{t('over.close')}</p>
    </EntrancePage>
  );
}
