import { Button, Group, Stack, Text } from '@mantine/core';
import { ORPCError } from '@orpc/client';
import { useTranslation } from 'react-i18next';
import { errorCatalogue } from '#core/contract/errors.ts';

interface DuplicatesProps {
  error: unknown;
  busy: boolean;
  onTake: (customerId: number) => void;
  onCreateAnyway: () => void;
}

/** Customers like the one being created; taking one of them is the likelier right. */
export function Duplicates({ error, busy, onTake, onCreateAnyway }: DuplicatesProps) {
  const { t } = useTranslation('assignment');
  const data = error instanceof ORPCError ? error.data : undefined;
  const parsed = errorCatalogue.possible_duplicate.data.safeParse(data);
  const customers = parsed.success ? parsed.data.customers : [];
  return (
    <Stack gap="xs" role="alert">
      <Text size="sm" fw={600}>
        {t('customer.new.duplicate')}
      </Text>
      {customers.map(({ id, name }) => (
        <Group key={id} gap="sm">
          <Text size="sm" dir="auto">
            {name} <span className="tabular">{t('customer.id', { id })}</span>
          </Text>
          <Button size="compact-sm" onClick={() => onTake(id)}>
            {t('customer.new.take')}
          </Button>
        </Group>
      ))}
      <Group>
        <Button variant="default" size="compact-md" loading={busy} onClick={onCreateAnyway}>
          {t('customer.new.anyway')}
        </Button>
      </Group>
    </Stack>
  );
}
