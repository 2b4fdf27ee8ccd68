import { Anchor } from '@mantine/core';
import { IconCirclePlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Service } from '#core/domain/service.ts';
import { ListPanel, ListRow } from '../../components/ListPanel.tsx';
import { useFormat } from '../../format.tsx';

/** What was put on the service since it began. */
export function ServiceAddons({ service }: { service: Service }) {
  const { t } = useTranslation('customers');
  const { dateTime } = useFormat();
  if (service.addons.length === 0) return null;
  return (
    <ListPanel title={t('service.addonsTitle')} count={service.addons.length}>
      {service.addons.map(({ orderId, productName, at }) => (
        <ListRow
          key={orderId}
          mark={<IconCirclePlus size={18} stroke={1.7} aria-hidden />}
          title={<bdi>{productName}</bdi>}
          detail={dateTime(at)}
        >
          <Anchor component={Link} href={`/orders/${orderId}`} size="sm">
            {t('service.order', { id: orderId })}
          </Anchor>
        </ListRow>
      ))}
    </ListPanel>
  );
}
