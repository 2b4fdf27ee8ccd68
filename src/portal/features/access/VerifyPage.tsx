import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { api } from '../../api.ts';
import { Problem } from '../../components/Problem.tsx';
import { codeOf } from '../../errors.ts';
import classes from './Entrance.module.css';
import { EntrancePage } from './EntrancePage.tsx';
import { useLinkToken } from './link-token.ts';

/** Confirms a new address by the link that was sent to it (AU-4). */
export function VerifyPage() {
  const { t } = useTranslation('access');
  const token = useLinkToken();
  // Once for a link, however often the page is drawn: the link is used up by it.
  const confirmed = useQuery({
    queryKey: ['verify-link', token],
    queryFn: () => api.auth.verifyEmail({ token }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const way = (
    <Link href="/account" className={classes.link}>
      {t('verify.go')}
    </Link>
  );
  if (confirmed.isSuccess) {
    const { email } = confirmed.data;
    return (
      <EntrancePage key="done" title={t('verify.done')} text={t('verify.doneText', { email })}>
        {way}
      </EntrancePage>
    );
  }
  if (confirmed.isError && codeOf(confirmed.error) === 'link_gone') {
    return (
      <EntrancePage key="gone" title={t('verify.gone')} text={t('verify.goneText')}>
        {way}
      </EntrancePage>
    );
  }
  return (
    <EntrancePage key="wait" title={t('verify.title')}>
      {confirmed.isError ? (
        <Problem error={confirmed.error} onRetry={() => confirmed.refetch()} />
      ) : (
        <p role="status" className={classes.text}>
          {t('verify.confirming')}
        </p>
      )}
    </EntrancePage>
  );
}
