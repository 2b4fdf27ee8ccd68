import { Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { enrolmentCodeSchema } from '#core/contract/central/desks.ts';
import { FormEnd } from '../../components/FormEnd.tsx';
import { deskQuery } from '../../desk.ts';
import { useNotify } from '../../notify.tsx';
import classes from './desks.module.css';
import { useStoreChoice } from './use-stores.ts';

interface ApproveDeskProps {
  /** The code that was chosen from the list; empty to type one. */
  code: string;
  onClose: () => void;
}

/** Lets a desk in: its code as it stands on its own screen, a name, a store. */
export function ApproveDesk({ code, onClose }: ApproveDeskProps) {
  const { t } = useTranslation('desks');
  const notify = useNotify();
  const client = useQueryClient();
  const stores = useStoreChoice();
  const form = useForm({
    initialValues: { code, name: '', storeId: stores.initial },
    validate: {
      code: (value) => (enrolmentCodeSchema.safeParse(value).success ? null : t('approve.codeWrong')),
      name: (value) => (value.trim() === '' ? t('this.nameMissing') : null),
      storeId: (value) => (value === null ? t('this.storeMissing') : null),
    },
  });
  const approve = useMutation(
    deskQuery.desks.approve.mutationOptions({
      onSuccess: ({ name }) => {
        notify.show({ tone: 'good', title: t('approve.done', { name }) });
        onClose();
      },
      onSettled: () => client.invalidateQueries({ queryKey: deskQuery.desks.key() }),
    }),
  );
  const submit = form.onSubmit(({ name, storeId, ...rest }) =>
    approve.mutate({ code: rest.code.trim(), name: name.trim(), storeId: Number(storeId) }),
  );
  return (
    <Modal opened onClose={onClose} title={t('approve.title')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text size="sm">{t('approve.text')}</Text>
          <TextInput
            label={t('approve.code')}
            data-autofocus={code === '' || undefined}
            autoComplete="off"
            spellCheck={false}
            classNames={{ input: classes.typed }}
            {...form.getInputProps('code')}
          />
          <TextInput
            label={t('this.name')}
            description={t('this.nameHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data-autofocus={code !== '' || undefined}
            maxLength={100}
            dir="auto"
            {...form.getInputProps('name')}
          />
          <Select
            label={t('this.store')}
            data={stores.options}
            allowDeselect={false}
            readOnly={stores.initial !== null}
            {...form.getInputProps('storeId')}
          />
          <FormEnd verb={t('approve.confirm')} isBusy={approve.isPending} error={approve.error} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
