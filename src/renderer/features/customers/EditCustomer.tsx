import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Customer } from '#core/domain/customer.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { desk, deskQuery } from '../../desk.ts';
import { codeOf } from '../../errors.ts';
import { useNotify } from '../../notify.tsx';
import { CustomerForm } from './CustomerForm.tsx';

interface EditCustomerProps {
  customer: Customer;
  opened: boolean;
  onClose: () => void;
}

/** Changes a customer; when somebody else did so meanwhile, it says so and offers what is there now. */
export function EditCustomer({ customer, opened, onClose }: EditCustomerProps) {
  const { t } = useTranslation('customers');
  return (
    <Modal opened={opened} onClose={onClose} title={t('edit.title')} size="lg">
      <EditForm customer={customer} onClose={onClose} />
    </Modal>
  );
}

function EditForm({ customer, onClose }: Omit<EditCustomerProps, 'opened'>) {
  const { t } = useTranslation('customers');
  const { t: tCommon } = useTranslation('common');
  const { t: tWork } = useTranslation('work');
  const notify = useNotify();
  const client = useQueryClient();
  const key = deskQuery.customers.get.queryKey({ input: { id: customer.id } });
  const change = useMutation(
    deskQuery.customers.change.mutationOptions({
      onSuccess: async (changed) => {
        client.setQueryData(key, changed);
        void client.invalidateQueries({ queryKey: deskQuery.customers.key() });
        onClose();
        notify.show(
          (await isOnItsWay(customer.id))
            ? { title: tWork('saved.title'), text: tWork('saved.change') }
            : { tone: 'good', title: t('edit.saved') },
        );
      },
    }),
  );
  const conflict = change.error && codeOf(change.error) === 'changed_meanwhile';
  const reload = async () => {
    await client.invalidateQueries({ queryKey: key });
    change.reset();
  };
  return (
    // A form shows one version of the record: a newer one starts the form anew.
    <CustomerForm
      key={customer.version}
      initial={customer}
      submitLabel={tCommon('save')}
      busy={change.isPending}
      onCancel={onClose}
      onSubmit={(fields) => change.mutate({ ...fields, id: customer.id, version: customer.version })}
    >
      {change.error && (
        <ErrorNotice
          error={change.error}
          action={
            conflict ? (
              <Button variant="default" size="compact-md" onClick={() => void reload()}>
                {t('edit.reload')}
              </Button>
            ) : undefined
          }
        />
      )}
    </CustomerForm>
  );
}

/** Whether head office does not have the change yet; a desk without an outbox sends it straight there. */
async function isOnItsWay(customerId: number): Promise<boolean> {
  const { items } = await desk.outbox.list({ open: true, customerId, limit: 50 }).catch(() => ({ items: [] }));
  return items.some(({ type, state }) => type === 'customer.change' && state === 'saved');
}
