import '@mantine/core/styles/Tabs.layer.css';
import { Tabs } from '@mantine/core';
import { IconAntennaBars5, IconCoins, IconMessage2, IconPhone, type TablerIcon } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import type { PortalBalance, PortalService } from '#core/contract/portal/services.ts';
import type { BalanceType, ServiceUsage } from '#core/domain/charging.ts';
import { TypePanel } from './TypePanel.tsx';
import classes from './usage.module.css';

const icons: Record<BalanceType, TablerIcon> = {
  data: IconAntennaBars5,
  voice: IconPhone,
  sms: IconMessage2,
  monetary: IconCoins,
};

export interface UseOfService {
  readonly service: PortalService;
  /** With those types only of which there is something to say. */
  readonly usage: ServiceUsage;
  readonly balances: UseQueryResult<{ items: PortalBalance[] }>;
}

/** A service's kinds of usage, one at a time; the kind is part of the address. */
export function TypeTabs({ service, usage, balances }: UseOfService) {
  const { t } = useTranslation('usage');
  const [search, setSearch] = useSearchParams();
  const current = usage.types.find(({ type }) => type === search.get('type')) ?? usage.types[0];
  if (current === undefined) return null;
  return (
    <Tabs
      value={current.type}
      onChange={(type) => setSearch(type === null ? {} : { type }, { replace: true })}
      keepMounted={false}
    >
      <Tabs.List aria-label={t('types')} className={classes.tabs}>
        {usage.types.map(({ type }) => {
          const Icon = icons[type];
          return (
            <Tabs.Tab key={type} value={type} className={classes.tab} leftSection={<Icon size={18} aria-hidden />}>
              {t(`type.${type}`)}
            </Tabs.Tab>
          );
        })}
      </Tabs.List>
      <Tabs.Panel value={current.type} pt="lg">
        <TypePanel service={service} usage={usage} of={current} balances={balances} />
      </Tabs.Panel>
    </Tabs>
  );
}
