import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Item, ItemStatus } from '#core/domain/inventory.ts';
import { canMove, itemTransitions } from '#core/domain/state-machine.ts';
import { deskQuery } from '../../desk.ts';
import { useStartDraft } from '../../frame/use-drafts.ts';
import { useNotify } from '../../notify.tsx';
import { useCan } from '../../session.tsx';
import { useStores } from './use-items.ts';

/** States that staff set by hand; the others come with orders and holds. */
const byHand: readonly ItemStatus[] = ['in_stock', 'faulty', 'retired'];

/** What may be done with an item: give it to a customer, mark it, move it to another store. */
export function ItemActions({ item }: { item: Item }) {
  const { t } = useTranslation('inventory');
  const mayAssign = useCan('provision');
  const mayChange = useCan('create_inventory');
  const start = useStartDraft();
  const free = item.reservation === null && (item.status === 'new' || item.status === 'in_stock');
  return (
    <>
      {mayChange && free && <ChangeMenu item={item} />}
      {mayAssign && free && (
        <Button loading={start.isPending} onClick={() => start.mutate({ itemId: item.id })}>
          {t('item.assign')}
        </Button>
      )}
      {mayChange && !free && item.status === 'faulty' && <ChangeMenu item={item} />}
    </>
  );
}

function ChangeMenu({ item }: { item: Item }) {
  const { t } = useTranslation('inventory');
  const { t: common } = useTranslation('common');
  const notify = useNotify();
  const client = useQueryClient();
  const stores = useStores().data?.items ?? [];
  const change = useMutation(
    deskQuery.inventory.changeItem.mutationOptions({
      onSuccess: ({ label, status }) => {
        notify.show({ title: t('item.changed', { label, status: common(`status.item.${status}`) }), tone: 'good' });
        void client.invalidateQueries({ queryKey: deskQuery.inventory.key() });
      },
      onError: (error) => notify.error(error),
    }),
  );
  const states = byHand.filter((status) => canMove(itemTransitions, item.status, status));
  const elsewhere = stores.filter(({ id }) => id !== item.storeId);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={16} />} loading={change.isPending}>
          {t('item.change')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('item.mark')}</Menu.Label>
        {states.map((status) => (
          <Menu.Item key={status} onClick={() => change.mutate({ id: item.id, status })}>
            {common(`status.item.${status}`)}
          </Menu.Item>
        ))}
        {elsewhere.length > 0 && <Menu.Label>{t('item.move')}</Menu.Label>}
        {elsewhere.map(({ id, name }) => (
          <Menu.Item key={id} onClick={() => change.mutate({ id: item.id, storeId: id })}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
