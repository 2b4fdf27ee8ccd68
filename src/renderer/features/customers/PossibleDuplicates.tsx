import { Button, Text } from '@mantine/core';
import { ORPCError } from '@orpc/client';
import { IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { errorCatalogue } from '#core/contract/errors.ts';
import { ListPanel, ListRow } from '../../components/ListPanel.tsx';

interface PossibleDuplicatesProps {
  /** The `possible_duplicate` answer. */
  error: unknown;
  busy: boolean;
  onCreateAnyway: () => void;
}

/** The customers that the new one may already be: open one of them, or create a new one all the same. */
export function PossibleDuplicates({ error, busy, onCreateAnyway }: PossibleDuplicatesProps) {
  const { t } = useTranslation('customers');
  const facts = errorCatalogue.possible_duplicate.data.safeParse(error instanceof ORPCError ? error.data : null);
  const customers = facts.data?.customers ?? [];
  return (
    <div role="alert">
      <ListPanel
        title={t('duplicate.title', { count: customers.length })}
        actions={
          <Button variant="default" size="compact-md" loading={busy} onClick={onCreateAnyway}>
            {t('duplicate.createAnyway')}
          </Button>
        }
      >
        {customers.map(({ id, name }) => (
          <ListRow
            key={id}
            mark={<IconUser size={18} stroke={1.7} aria-hidden />}
            title={<bdi>{name}</bdi>}
            detail={t('duplicate.number', { id })}
          >
            <Button component={Link} href={`/customers/${id}`} variant="light" size="compact-md">
              {t('duplicate.open')}
            </Button>
          </ListRow>
        ))}
      </ListPanel>
      <Text size="sm" c="dimmed" mt="xs">
        {t('duplicate.text')}
      </Text>
    </div>
  );
}
