import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { LinkTabs } from '../../components/LinkTabs.tsx';
import { PageLoading } from '../../components/PageLoading.tsx';
import { Part } from '../../components/Part.tsx';
import { NotFound } from '../../frame/NotFound.tsx';
import { useShown } from '../../session.tsx';
import { DetailsPage } from './DetailsPage.tsx';

const parts = [
  { path: '/account', name: 'details', load: null },
  {
    path: '/account/notifications',
    name: 'notifications',
    load: async () => (await import('./NotificationsPage.tsx')).NotificationsPage,
  },
  { path: '/account/security', name: 'security', load: async () => (await import('./SecurityPage.tsx')).SecurityPage },
  { path: '/account/api', name: 'api', load: async () => (await import('./ApiPage.tsx')).ApiPage },
] as const;

/** The account in its parts, each with an address of its own; the first one comes with this file. */
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
          {shown.map(({ path, load }) => (
            <Route key={path} path={path}>
              {load === null ? <DetailsPage /> : <Part load={load} props={{}} />}
            </Route>
          ))}
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </>
  );
}
