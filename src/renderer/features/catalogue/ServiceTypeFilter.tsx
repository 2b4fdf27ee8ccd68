import { Chip, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Product, type ServiceType, serviceTypeSchema } from '#core/domain/product.ts';

interface ServiceTypeFilterProps {
  products: readonly Product[];
  value: ServiceType | null;
  onChange: (value: ServiceType | null) => void;
}

/** One service type or all. With a single type on offer there is nothing to choose, so nothing is shown. */
export function ServiceTypeFilter({ products, value, onChange }: ServiceTypeFilterProps) {
  const { t } = useTranslation('catalogue');
  const { t: tCommon } = useTranslation('common');
  const offered = serviceTypeSchema.options.filter((type) => products.some(({ serviceType }) => serviceType === type));
  if (offered.length < 2 && value === null) return null;
  return (
    <Chip.Group value={value ?? 'all'} onChange={(type) => onChange(serviceTypeSchema.safeParse(type).data ?? null)}>
      <Group gap={8} role="radiogroup" aria-label={t('serviceType')}>
        {['all', ...offered].map((type) => (
          <Chip key={type} value={type} variant="light" size="sm">
            {type === 'all' ? t('allTypes') : tCommon(`serviceType.${type}`)}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
