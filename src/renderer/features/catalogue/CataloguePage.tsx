import { SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import type { CustomerType } from '#core/domain/customer.ts';
import type { Product, ServiceType } from '#core/domain/product.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { FirstSync } from '../../components/FirstSync.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { deskQuery } from '../../desk.ts';
import { useStartDraft } from '../../frame/use-drafts.ts';
import classes from './CataloguePage.module.css';
import { NothingOnOffer } from './NothingOnOffer.tsx';
import { ProductGrid } from './ProductGrid.tsx';
import { ProductSkeletons } from './ProductSkeletons.tsx';
import { ServiceTypeFilter } from './ServiceTypeFilter.tsx';

type Category = Product['category'];

/** What the shop sells. `/catalogue/<service>` shows the add-ons of one service and assigns to it. */
export function CataloguePage() {
  const { t } = useTranslation('catalogue');
  const addonFor = Number(useParams<{ addonFor?: string }>().addonFor) || null;
  const service = useQuery(
    deskQuery.services.get.queryOptions({ input: { id: addonFor ?? 0 }, enabled: addonFor !== null }),
  );
  const [category, setCategory] = useState<Category>(addonFor === null ? 'plan' : 'addon');
  const [customerType, setCustomerType] = useState<CustomerType>('individual');
  const [serviceType, setServiceType] = useState<ServiceType | null>(null);
  const asked = service.data?.serviceType ?? serviceType;
  const products = useQuery(
    deskQuery.products.list.queryOptions({
      input: { customerType, category, limit: 200 },
      placeholderData: keepPreviousData,
    }),
  );
  const offered = products.data?.items ?? [];
  const shown = offered.filter((product) => asked === null || product.serviceType === asked);
  const start = useStartDraft();
  const assign = (product: Product) =>
    start.mutate(
      category === 'addon' && service.data
        ? { productId: product.id, customerId: service.data.customerId, serviceId: service.data.id }
        : { productId: product.id },
    );
  return (
    <>
      <PageHeader
        title={service.data ? t('titleFor', { service: service.data.name }) : t('title')}
        subtitle={service.data ? service.data.customerName : t('subtitle')}
        back={
          service.data && { href: `/customers/${service.data.customerId}/services`, label: service.data.customerName }
        }
      />
      <div className={classes.filters}>
        <SegmentedControl
          value={category}
          onChange={(value) => setCategory(value as Category)}
          aria-label={t('category')}
          data={[
            { value: 'plan', label: t('plans') },
            { value: 'addon', label: t('addons') },
          ]}
        />
        <SegmentedControl
          value={customerType}
          onChange={(value) => setCustomerType(value as CustomerType)}
          aria-label={t('customerType')}
          data={[
            { value: 'individual', label: t('individual') },
            { value: 'business', label: t('business') },
          ]}
        />
        {service.data === undefined && (
          <ServiceTypeFilter products={offered} value={serviceType} onChange={setServiceType} />
        )}
      </div>
      {products.error && <ErrorNotice error={products.error} onRetry={() => void products.refetch()} />}
      {products.isPending && <ProductSkeletons />}
      {products.data && shown.length === 0 && (
        <FirstSync
          otherwise={
            <NothingOnOffer
              customerType={customerType}
              onSwitch={() => setCustomerType(customerType === 'individual' ? 'business' : 'individual')}
              onClear={serviceType === null ? undefined : () => setServiceType(null)}
            />
          }
        />
      )}
      {shown.length > 0 && (
        <ProductGrid
          products={shown}
          busyId={start.isPending ? (start.variables.productId ?? null) : null}
          onAssign={assign}
        />
      )}
    </>
  );
}
