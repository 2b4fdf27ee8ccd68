import { Button, Loader, Menu } from '@mantine/core';
import { IconCirclePlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { CustomerType } from '#core/domain/customer.ts';
import type { Product } from '#core/domain/product.ts';
import type { Service } from '#core/domain/service.ts';
import { useFirstItem } from '../../components/use-first-item.ts';
import { deskQuery } from '../../desk.ts';
import { useFormat } from '../../format.tsx';
import { useStartDraft } from '../../frame/use-drafts.ts';
import { mainAct } from '../../frame/use-route-focus.ts';
import { useCan } from '../../session.tsx';
import classes from './services.module.css';

interface AddonPickerProps {
  service: Pick<Service, 'id' | 'name' | 'status' | 'serviceType' | 'customerId'>;
  customerType: CustomerType;
  /** On a page of its own rather than in a card. */
  isMain?: boolean;
}

/** The add-ons that fit a service, right beside it: one act opens them, one chooses, one confirms (AO-1). */
export function AddonPicker({ service, customerType, isMain = false }: AddonPickerProps) {
  const { t } = useTranslation('customers');
  const [, navigate] = useLocation();
  const [opened, setOpened] = useState(false);
  const start = useStartDraft();
  const mayAssign = useCan('provision');
  const input = { category: 'addon' as const, customerType, serviceType: service.serviceType, limit: 100 };
  const addons = useQuery(deskQuery.products.list.queryOptions({ input, enabled: opened, staleTime: 60_000 }));
  const dropdown = useFirstItem(opened, !addons.isPending);
  if (!mayAssign || service.status !== 'active') return null;
  const choose = (product: Product) =>
    start.mutate({ customerId: service.customerId, serviceId: service.id, productId: product.id });
  return (
    <Menu
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={340}
    >
      <Menu.Target>
        <Button
          {...(isMain ? mainAct : {})}
          variant={isMain ? 'filled' : 'default'}
          size={isMain ? 'sm' : 'compact-md'}
          loading={start.isPending}
          leftSection={<IconCirclePlus size={16} aria-hidden />}
          aria-label={t('service.addonsOf', { service: service.name })}
        >
          {t('service.addons')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown ref={dropdown} className={classes.addons}>
        <Menu.Label>{t('service.addonsFor', { service: service.name })}</Menu.Label>
        {addons.isPending && (
          <Menu.Item disabled leftSection={<Loader size={14} />}>
            {t('service.addonsLoading')}
          </Menu.Item>
        )}
        {addons.data?.items.map((product) => (
          <Menu.Item key={product.id} onClick={() => choose(product)} rightSection={<AddonPrice product={product} />}>
            <span className={classes.addonName} dir="auto">
              {product.name}
            </span>
          </Menu.Item>
        ))}
        {addons.data?.items.length === 0 && <Menu.Item disabled>{t('service.noAddons')}</Menu.Item>}
        {addons.error && (
          <Menu.Item onClick={() => void addons.refetch()} closeMenuOnClick={false}>
            {t('service.addonsFailed')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item onClick={() => navigate(`/catalogue/${service.id}`)}>{t('service.allAddons')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function AddonPrice({ product }: { product: Product }) {
  const { t } = useTranslation('common');
  const { money } = useFormat();
  const { recurring, setup } = product;
  return (
    <span className={classes.addonPrice}>
      {recurring ? `${money(recurring.price)} ${t(`period.${recurring.period}`)}` : money(setup)}
    </span>
  );
}
