import { Button, Group } from '@mantine/core';
import { IconLayoutGrid } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CustomerType } from '#core/domain/customer.ts';
import { EmptyState } from '../../components/EmptyState.tsx';

interface NothingOnOfferProps {
  customerType: CustomerType;
  onSwitch: () => void;
  onClear: (() => void) | undefined;
}

/** "No products available" with its three causes: filters, nothing enabled, not eligible (PA-3). */
export function NothingOnOffer({ customerType, onSwitch, onClear }: NothingOnOfferProps) {
  const { t } = useTranslation('catalogue');
  return (
    <EmptyState
      icon={<IconLayoutGrid size={24} />}
      title={t('empty.title')}
      causes={[t('empty.filters'), t('empty.disabled'), t('empty.eligible')]}
      action={
        <Group justify="center">
          {onClear && (
            <Button variant="default" onClick={onClear}>
              {t('empty.allTypes')}
            </Button>
          )}
          <Button variant="default" onClick={onSwitch}>
            {t(customerType === 'individual' ? 'empty.business' : 'empty.individual')}
          </Button>
        </Group>
      }
    />
  );
}
