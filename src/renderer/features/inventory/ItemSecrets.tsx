import { Button, Group, Paper, Text, TextInput, Title } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '#core/domain/inventory.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { deskQuery } from '../../desk.ts';
import { useCan } from '../../session.tsx';
import classes from './facts.module.css';

const codes = ['pin1', 'puk1', 'pin2', 'puk2'] as const;

/** PIN and PUK of a SIM on request: with a reason, on the record, and hidden again with one click. */
export function ItemSecrets({ item }: { item: Item }) {
  const { t } = useTranslation('inventory');
  const maySee = useCan('view_secrets');
  const [reason, setReason] = useState('');
  const reveal = useMutation(deskQuery.inventory.revealSecrets.mutationOptions());
  if (!maySee || item.identifiers.iccid === undefined) return null;
  return (
    <Paper p="lg">
      <Title order={2} mb={4}>
        {t('secrets.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {t('secrets.note')}
      </Text>
      {reveal.data ? (
        <>
          <dl className={classes.facts}>
            {codes.map((code) => (
              <div key={code} className={classes.fact}>
                <dt>{t(`secrets.${code}`)}</dt>
                <dd className="tabular">{reveal.data[code] ?? t('secrets.none')}</dd>
              </div>
            ))}
          </dl>
          <Button mt="md" variant="default" leftSection={<IconEyeOff size={16} />} onClick={() => reveal.reset()}>
            {t('secrets.hide')}
          </Button>
        </>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            reveal.mutate({ id: item.id, reason: reason.trim() });
          }}
        >
          <Group align="flex-end" gap="sm">
            <TextInput
              label={t('secrets.reason')}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              maxLength={500}
              style={{ flex: 1 }}
            />
            <Button
              type="submit"
              variant="default"
              leftSection={<IconEye size={16} />}
              loading={reveal.isPending}
              disabled={reason.trim() === ''}
            >
              {t('secrets.show')}
            </Button>
          </Group>
          {reveal.isError && <ErrorNotice error={reveal.error} />}
        </form>
      )}
    </Paper>
  );
}
