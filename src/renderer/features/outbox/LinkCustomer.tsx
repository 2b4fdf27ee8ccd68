import { Button, Modal, Text } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { errorCatalogue } from '#core/contract/errors.ts';
import type { OutboxEntry } from '#core/sync/outbox.ts';
import { ListRow } from '../../components/ListPanel.tsx';
import classes from './outbox.module.css';

interface LinkCustomerProps {
  entry: Pick<OutboxEntry, 'error' | 'customerName'>;
  opened: boolean;
  busy: boolean;
  onTake: (customerId: number) => void;
  onClose: () => void;
}

/** The customers that head office found to be like the one made here: one of them is chosen in its place. */
export function LinkCustomer({ entry, opened, busy, onTake, onClose }: LinkCustomerProps) {
  const { t } = useTranslation('work');
  const facts = errorCatalogue.possible_duplicate.data.safeParse(entry.error?.data);
  const customers = facts.data?.customers ?? [];
  return (
    <Modal opened={opened} onClose={onClose} title={t('linkTo.title')}>
      <Text size="sm" c="dimmed" mb="sm">
        {t(customers.length === 0 ? 'linkTo.none' : 'linkTo.text', { name: entry.customerName })}
      </Text>
      <div className={classes.candidates}>
        {customers.map(({ id, name }, index) => (
          <ListRow
            key={id}
            mark={<IconUser size={18} stroke={1.7} aria-hidden />}
            title={<bdi>{name}</bdi>}
            detail={t('linkTo.number', { id })}
          >
            <Button
              size="compact-md"
              data-autofocus={index === 0 || undefined}
              variant={index === 0 ? 'filled' : 'default'}
              loading={busy}
              onClick={() => onTake(id)}
            >
              {t('linkTo.take')}
            </Button>
          </ListRow>
        ))}
      </div>
    </Modal>
  );
}
