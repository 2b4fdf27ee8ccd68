import { Button } from '@mantine/core';
import { IconPackageOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ListPanel, ListRow } from '../../components/ListPanel.tsx';
import { useCan } from '../../session.tsx';
import type { LowStock } from './use-low-stock.ts';

/** What the shop will soon lack, with the way to receive more. */
export function LowStockPanel({ low }: { low: readonly LowStock[] }) {
  const { t } = useTranslation('home');
  const mayReceive = useCan('create_inventory');
  if (low.length === 0) return null;
  return (
    <ListPanel title={t('stock.title')}>
      {low.map(({ template, name, left }) => (
        <ListRow
          key={template}
          mark={<IconPackageOff size={20} stroke={1.6} aria-hidden />}
          title={t(`stock.template.${template}`, { defaultValue: name })}
          detail={t('stock.left', { count: left })}
        >
          <Button
            component={Link}
            href={mayReceive ? '/inventory/receive' : '/inventory'}
            variant="default"
            size="compact-md"
          >
            {t(mayReceive ? 'stock.receive' : 'stock.look')}
          </Button>
        </ListRow>
      ))}
    </ListPanel>
  );
}
