import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { portal } from '../../api.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { Page } from '../../components/Page.tsx';
import { PreferencesForm } from './PreferencesForm.tsx';

/** Account, Notifications: what the customer wants to be told, and when (NO-3). */
export function NotificationsPage() {
  const { t } = useTranslation('account');
  const preferences = useQuery(portal.account.notifications.get.queryOptions());
  return (
    <Page title={t('notifications.title')}>
      <Loaded query={preferences} height={620}>
        {(data) => <PreferencesForm preferences={data} />}
      </Loaded>
    </Page>
  );
}
