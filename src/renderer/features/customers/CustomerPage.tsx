import { Button, Tabs } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import type { Customer } from '#core/domain/customer.ts';
import { isLocalId } from '#core/sync/local-ids.ts';
import { Kbd } from '../../components/Kbd.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ReadError } from '../../components/ReadError.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { deskQuery } from '../../desk.ts';
import { useFormat } from '../../format.tsx';
import { useStartDraft } from '../../frame/use-drafts.ts';
import { mainAct } from '../../frame/use-route-focus.ts';
import { useRememberPlace } from '../../recent.ts';
import { useCan } from '../../session.tsx';
import { useShortcut } from '../../shortcuts.tsx';
import { useNumber } from '../../work/use-number.ts';
import { CustomerWork } from '../outbox/CustomerWork.tsx';
import { ActivityTab } from './ActivityTab.tsx';
import { ContactsTab } from './ContactsTab.tsx';
import { EditCustomer } from './EditCustomer.tsx';
import { ItemsTab } from './ItemsTab.tsx';
import { OverviewTab } from './OverviewTab.tsx';
import { ServicesTab } from './ServicesTab.tsx';
import { SitesTab } from './SitesTab.tsx';
import { useRealAddress } from './use-real-address.ts';

const tabs = {
  overview: OverviewTab,
  services: ServicesTab,
  contacts: ContactsTab,
  sites: SitesTab,
  inventory: ItemsTab,
  activity: ActivityTab,
} as const;

type TabName = keyof typeof tabs;
const tabNames = Object.keys(tabs) as TabName[];

/** One glance gives who, what they have, and whether anything is wrong. */
export function CustomerPage() {
  const { t } = useTranslation('customers');
  const params = useParams<{ id: string; tab?: string }>();
  const id = Number(params.id);
  const { data: customer, error, refetch } = useQuery(deskQuery.customers.get.queryOptions({ input: { id } }));
  useRememberPlace('customer', id, customer?.name);
  useRealAddress(id, params.tab, customer);
  if (customer) return <CustomerScreen key={id} customer={customer} tab={params.tab} />;
  return (
    <>
      <PageHeader
        title={isLocalId(id) ? t('new.title') : t('page.title', { id })}
        back={{ href: '/customers', label: t('list.title') }}
      />
      {error ? (
        <ReadError what="customer" error={error} onRetry={() => void refetch()} />
      ) : (
        <LoadingRows label={t('page.loading')} />
      )}
    </>
  );
}

function CustomerScreen({ customer, tab }: { customer: Customer; tab: string | undefined }) {
  const { t } = useTranslation('customers');
  const [, navigate] = useLocation();
  const current = tabNames.find((name) => name === tab) ?? 'overview';
  const Content = tabs[current];
  return (
    <>
      <CustomerHeader customer={customer} />
      <CustomerWork customerId={customer.id} />
      <Tabs
        value={current}
        onChange={(name) =>
          navigate(`/customers/${customer.id}${name === 'overview' ? '' : `/${name}`}`, { replace: true })
        }
        mb="lg"
      >
        <Tabs.List>
          {tabNames.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={current} pt="lg">
          <Content customer={customer} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function CustomerHeader({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers');
  const { t: tCommon } = useTranslation('common');
  const { phone } = useFormat();
  const numberOf = useNumber();
  const [editing, setEditing] = useState(false);
  const mayEdit = useCan('edit_customer');
  const facts = [
    numberOf(customer.id),
    tCommon(`customerType.${customer.type}`),
    customer.phone && phone(customer.phone),
    customer.email,
  ];
  return (
    <>
      <PageHeader
        title={customer.name}
        marks={<StatusMark kind="customer" status={customer.status} />}
        subtitle={facts.filter(Boolean).join(' · ')}
        back={{ href: '/customers', label: t('list.title') }}
        actions={
          <>
            {mayEdit && (
              <Button
                variant="default"
                leftSection={<IconPencil size={16} aria-hidden />}
                onClick={() => setEditing(true)}
              >
                {tCommon('edit')}
              </Button>
            )}
            <AddService customer={customer} />
          </>
        }
      />
      <EditCustomer customer={customer} opened={editing} onClose={() => setEditing(false)} />
    </>
  );
}

/** F2 on a customer's page: a new service for this very customer. */
function AddService({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers');
  const start = useStartDraft();
  const mayStart = useCan('provision') && customer.status === 'open';
  const begin = () => {
    if (mayStart && !start.isPending) start.mutate({ customerId: customer.id });
  };
  useShortcut('F2', begin);
  return (
    <Button
      {...mainAct}
      leftSection={<IconPlus size={16} aria-hidden />}
      rightSection={<Kbd keys="F2" onAccent />}
      disabled={!mayStart}
      loading={start.isPending}
      onClick={begin}
    >
      {t('page.addService')}
    </Button>
  );
}
