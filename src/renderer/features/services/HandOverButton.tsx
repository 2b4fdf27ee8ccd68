import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Service } from '#core/domain/service.ts';
import { deskQuery } from '../../desk.ts';
import { HandOverSheet } from '../assignment/handover/HandOverSheet.tsx';

/** The sheet that the customer takes home, in the customer's language. */
export function HandOverButton({ service }: { service: Service }) {
  const { t } = useTranslation('customers');
  const [opened, setOpened] = useState(false);
  const customer = useQuery(deskQuery.customers.get.queryOptions({ input: { id: service.customerId } }));
  if (service.status === 'pending' || customer.data === undefined) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => setOpened(true)}>
        {t('service.sheet')}
      </Button>
      {opened && (
        <HandOverSheet
          of={{ serviceId: service.id }}
          language={customer.data.language}
          hasSim={service.items.some(({ identifiers }) => identifiers.iccid !== undefined)}
          onClose={() => setOpened(false)}
        />
      )}
    </>
  );
}
