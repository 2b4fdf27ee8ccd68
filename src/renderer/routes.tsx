import { Button } from '@mantine/core';
import { type ComponentType, lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Route, Switch, useLocation } from 'wouter';
import { EmptyState } from './components/EmptyState.tsx';
import { LoadingRows } from './components/LoadingRows.tsx';
import { PageHeader } from './components/PageHeader.tsx';
import { PageBoundary } from './frame/PageBoundary.tsx';

type Pages = Record<string, ComponentType>;

const files = import.meta.glob<Pages>('./features/*/*Page.tsx');

/** A page's own chunk: `home/Home` is the component HomePage of features/home/HomePage.tsx. */
function page(path: string) {
  const name = `${path.split('/')[1]}Page`;
  const load = files[`./features/${path}Page.tsx`];
  return lazy(async () => {
    const component = (await load?.())?.[name];
    if (component === undefined) throw new Error(`there is no ${name}`);
    return { default: component };
  });
}

const routes = [
  ['/', page('home/Home')],
  ['/catalogue/:addonFor?', page('catalogue/Catalogue')],
  ['/customers', page('customers/Customers')],
  ['/customers/new/:text?', page('customers/NewCustomer')],
  ['/customers/:id/:tab?', page('customers/Customer')],
  ['/services/:id', page('services/Service')],
  ['/assign/:draftId/:step?', page('assignment/Assignment')],
  ['/inventory', page('inventory/Inventory')],
  ['/inventory/items/:id', page('inventory/Item')],
  ['/inventory/imports/:id?', page('inventory/Import')],
  ['/inventory/receive', page('inventory/Receive')],
  ['/provisioning', page('provisioning/Queue')],
  ['/provisioning/:id', page('provisioning/Job')],
  ['/orders/:id', page('orders/Order')],
  ['/devices', page('devices/Devices')],
  ['/settings', page('settings/Settings')],
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
