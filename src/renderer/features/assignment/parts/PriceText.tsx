import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Product } from '#core/domain/product.ts';
import { useFormat } from '../../../format.tsx';

/** `£15.00 a month`, with what is paid once below it. */
export function PriceText({ product }: { product: Pick<Product, 'recurring' | 'setup'> }) {
  const { t } = useTranslation('assignment');
  const { money } = useFormat();
  const { recurring, setup } = product;
  if (recurring === null) {
    return (
      <Text span fw={600} size="sm" className="tabular">
        {t('price.once', { price: money(setup) })}
      </Text>
    );
  }
  return (
    <span>
      <Text span fw={600} size="sm" className="tabular" display="block">
        {t(`price.per.${recurring.period}`, { price: money(recurring.price) })}
      </Text>
      {setup.amount > 0 && (
        <Text span size="xs" c="dimmed" className="tabular" display="block">
          {t('price.setup', { price: money(setup) })}
        </Text>
      )}
    </span>
  );
}
