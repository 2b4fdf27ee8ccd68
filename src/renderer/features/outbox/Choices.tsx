import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry, Settlement } from '#core/sync/outbox.ts';
import { errorOf } from '../../errors.ts';
import { useCan } from '../../session.tsx';
import { errorStep } from '../assignment/error-step.ts';
import { LinkCustomer } from './LinkCustomer.tsx';
import { useSettle } from './use-settle.ts';

type Refused = Pick<OutboxEntry, 'id' | 'type' | 'error' | 'subject' | 'customerName'>;

interface ChoicesProps {
  entry: Refused;
  choices: readonly Settlement[];
  /** The first choice takes the focus: on the screen where the refusal came up. */
  autoFocus?: boolean;
}

/** What a person may do about a refusal, each a button; the likeliest first and filled. */
export function Choices({ entry, choices, autoFocus = false }: ChoicesProps) {
  const { t } = useTranslation('work');
  const mayDecide = useCan('provision');
  const [asking, setAsking] = useState<'cancelled' | 'linked' | null>(null);
  const step = (entry.error === null ? null : errorStep(errorOf(entry.error))) ?? 'review';
  const settle = useSettle(step);
  const close = () => setAsking(null);
  const decide = (settlement: Settlement, customerId?: number) =>
    settle.mutate({ id: entry.id, settlement, customerId }, { onSuccess: close });
  const act = (choice: Settlement) =>
    choice === 'cancelled' || choice === 'linked' ? setAsking(choice) : decide(choice);
  const labelOf = (choice: Settlement) => {
    if (choice === 'reopened') return t(`choice.reopened.${step}`);
    if (choice !== 'retried') return t(`choice.${choice}`);
    // Sent again, these say that staff have seen why it was refused (the host then says so to head office).
    return t([`choice.retriedAnyway.${entry.error?.code}`, 'choice.retried']);
  };
  if (!mayDecide) return null;
  return (
    <Group gap="xs">
      {choices.map((choice, index) => (
        <Button
          key={choice}
          size="compact-md"
          autoFocus={autoFocus && index === 0}
          variant={index === 0 ? 'filled' : 'default'}
          loading={settle.isPending && settle.variables.settlement === choice}
          disabled={settle.isPending}
          onClick={() => act(choice)}
        >
          {labelOf(choice)}
        </Button>
      ))}
      <Modal opened={asking === 'cancelled'} onClose={close} title={t('cancel.title')}>
        <Text size="sm">
          {t(entry.type === 'order.place' ? 'cancel.order' : 'cancel.other', {
            subject: entry.subject,
            customer: entry.customerName,
          })}
        </Text>
        <Group mt="md" gap="xs">
          <Button color="red.9" loading={settle.isPending} onClick={() => decide('cancelled')}>
            {t('cancel.confirm')}
          </Button>
          <Button data-autofocus variant="default" onClick={close}>
            {t('cancel.keep')}
          </Button>
        </Group>
      </Modal>
      <LinkCustomer
        entry={entry}
        opened={asking === 'linked'}
        busy={settle.isPending}
        onClose={close}
        onTake={(customerId) => decide('linked', customerId)}
      />
    </Group>
  );
}
