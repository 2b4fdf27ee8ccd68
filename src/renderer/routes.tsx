import { Button } from '@mantine/core';
import { type ComponentType, lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Route, Switch, useLocation } from 'wouter';
import { EmptyState } from './components/EmptyState.tsx';
import { LoadingRows } from './components/LoadingRows.tsx';
import { PageHeader } from './components/PageHeader.tsx';
import { PageBoundary } from './frame/PageBoundary.tsx';

/** A page's own chunk, read when the page is first opened. */
function page(load: () => Promise<ComponentType>) {
  return lazy(async () => ({ default: await load() }));
}

const routes = [
  ['/', page(async () => (await import('./features/home/HomePage.tsx')).HomePage)],
  ['/catalogue/:addonFor?', page(async () => (await import('./features/catalogue/CataloguePage.tsx')).CataloguePage)],
  ['/customers', page(async () => (await import('./features/customers/CustomersPage.tsx')).CustomersPage)],
  [
    '/customers/new/:text?',
    page(async () => (await import('./features/customers/NewCustomerPage.tsx')).NewCustomerPage),
  ],
  ['/customers/:id/:tab?', page(async () => (await import('./features/customers/CustomerPage.tsx')).CustomerPage)],
  ['/services/:id', page(async () => (await import('./features/services/ServicePage.tsx')).ServicePage)],
  [
    '/assign/:draftId/:step?',
    page(async () => (await import('./features/assignment/AssignmentPage.tsx')).AssignmentPage),
  ],
  ['/inventory', page(async () => (await import('./features/inventory/InventoryPage.tsx')).InventoryPage)],
  ['/inventory/items/:id', page(async () => (await import('./features/inventory/ItemPage.tsx')).ItemPage)],
  ['/inventory/imports/:id?', page(async () => (await import('./features/inventory/ImportPage.tsx')).ImportPage)],
  ['/inventory/receive', page(async () => (await import('./features/inventory/ReceivePage.tsx')).ReceivePage)],
  ['/provisioning', page(async () => (await import('./features/provisioning/QueuePage.tsx')).QueuePage)],
  ['/provisioning/:id', page(async () => (await import('./features/provisioning/JobPage.tsx')).JobPage)],
  ['/orders/:id', page(async () => (await import('./features/orders/OrderPage.tsx')).OrderPage)],
  ['/devices', page(async () => (await import('./features/devices/DevicesPage.tsx')).DevicesPage)],
  ['/outbox', page(async () => (await import('./features/outbox/OutboxPage.tsx')).OutboxPage)],
  ['/settings/:section?', page(async () => (await import('./features/settings/SettingsPage.tsx')).SettingsPage)],
] as const;

/** Which page a place shows. Each page is read when it is first opened. */
export function Pages() {
  const [place] = useLocation();
  return (
    <PageBoundary place={place}>
      <Suspense fallback={<LoadingRows />}>
        <Switch>
          {routes.map(([path, Page]) => (
            <Route key={path} path={path}>
              <Page />
            </Route>
          ))}
          <Route>
            <NoSuchPage />
          </Route>
        </Switch>
      </Suspense>
    </PageBoundary>
  );
}

function NoSuchPage() {
  const { t } = useTranslation('frame');
  return (
    <>
      <PageHeader title={t('noPage.title')} />
      <EmptyState
        title={t('noPage.text')}
        action={
          <Button component={Link} href="/">
            {t('noPage.home')}
          </Button>
        }
      />
    </>
  );
}
