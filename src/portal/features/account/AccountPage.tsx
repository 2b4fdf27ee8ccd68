import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { LinkTabs } from '../../components/LinkTabs.tsx';
import { PageLoading } from '../../components/PageLoading.tsx';
import { NotFound } from '../../frame/NotFound.tsx';
import { useShown } from '../../session.tsx';

const DetailsPage = lazy(async () => ({ default: (await import('./DetailsPage.tsx')).DetailsPage }));
const NotificationsPage = lazy(async () => ({ default: (await import('./NotificationsPage.tsx')).NotificationsPage }));
const SecurityPage = lazy(async () => ({ default: (await import('./SecurityPage.tsx')).SecurityPage }));
const ApiPage = lazy(async () => ({ default: (await import('./ApiPage.tsx')).ApiPage }));

const parts = [
  { path: '/account', name: 'details' },
  { path: '/account/notifications', name: 'notifications' },
  { path: '/account/security', name: 'security' },
  { path: '/account/api', name: 'api' },
] as const;

/** The account in its parts, each with an address of its own. */
export function AccountPage() {
  const { t } = useTranslation('account');
  const [location] = useLocation();
  const showsApi = useShown('api_access');
  const shown = parts.filter(({ name }) => name !== 'api' || showsApi);
  return (
    <>
      <LinkTabs
        label={t('sections')}
        tabs={shown.map(({ path, name }) => ({ href: path, name: t(`tab.${name}`), current: location === path }))}
      />
      <Suspense fallback={<PageLoading />}>
        <Switch>
          <Route path="/account" component={DetailsPage} />
          <Route path="/account/notifications" component={NotificationsPage} />
          <Route path="/account/security" component={SecurityPage} />
          {showsApi && <Route path="/account/api" component={ApiPage} />}
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </>
  );
}
