import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ListPanel } from '../../components/ListPanel.tsx';
import { deskQuery } from '../../desk.ts';
import { useNotify } from '../../notify.tsx';
import { PinDialog } from '../pin/PinDialog.tsx';
import { useOwnPin } from '../pin/use-own-pin.ts';
import { Row } from '../settings/Row.tsx';

/** The signed-in person's PIN on this desk: set, changed, taken away. */
export function OwnPin() {
  const { t } = useTranslation('desks');
  const hasPin = useOwnPin();
  const notify = useNotify();
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  const remove = useMutation(
    deskQuery.staff.removePin.mutationOptions({
      onSuccess: () => notify.show({ id: 'pin', title: t('pin.removed') }),
      onError: notify.error,
      onSettled: () => client.invalidateQueries({ queryKey: deskQuery.staff.key() }),
    }),
  );
  if (hasPin === undefined) return null;
  return (
    <ListPanel title={t('pin.title')}>
      <Row label={t(hasPin ? 'pin.isSet' : 'pin.notSet')} hint={t(hasPin ? 'pin.isSetText' : 'pin.notSetText')}>
        <Group gap="xs">
          <Button variant={hasPin ? 'default' : 'filled'} onClick={() => setOpened(true)}>
            {t(hasPin ? 'pin.change' : 'pin.set')}
          </Button>
          {hasPin && (
            <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
              {t('pin.remove')}
            </Button>
          )}
        </Group>
      </Row>
      <PinDialog opened={opened} onClose={() => setOpened(false)} />
    </ListPanel>
  );
}
