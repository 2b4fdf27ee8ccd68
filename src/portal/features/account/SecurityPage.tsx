import { useTranslation } from 'react-i18next';
import { Empty } from '../../components/Empty.tsx';
import { Page } from '../../components/Page.tsx';
import { useMe } from '../../session.tsx';
import { Sessions } from './Sessions.tsx';
import { TwoFactor } from './TwoFactor.tsx';

/** Account, Security: the second factor, and where the account is signed in. */
export function SecurityPage() {
  const { t } = useTranslation('account');
  const { account } = useMe();
  return (
    <Page title={t('security.title')}>
      {account === null ? (
        <Empty title={t('details.noAccount')} />
      ) : (
        <>
          <TwoFactor />
          <Sessions />
        </>
      )}
    </Page>
  );
}
