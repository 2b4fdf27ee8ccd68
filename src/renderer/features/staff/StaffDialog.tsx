import { Checkbox, Modal, PasswordInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { emailSchema, nameSchema } from '#core/domain/common.ts';
import { brokenPasswordRules } from '#core/domain/password.ts';
import { type Role, roleSchema } from '#core/domain/user.ts';
import { FormEnd } from '../../components/FormEnd.tsx';
import { desk } from '../../desk.ts';
import { useNotify } from '../../notify.tsx';
import { useUser } from '../../session.tsx';
import { useStoreChoice } from '../desks/use-stores.ts';
import { useRefreshUser } from '../own-sign-in/use-refresh-user.ts';
import { type ManagedUser, useRefreshStaff } from './use-staff.ts';

interface StaffDialogProps {
  /** Whom to change; nobody for a new colleague. */
  person?: ManagedUser;
  opened: boolean;
  onClose: () => void;
}

/** A new member of staff, or what one of them is called and may do. */
export function StaffDialog({ person, opened, onClose }: StaffDialogProps) {
  const { t } = useTranslation('staff');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={person ? t('edit.title', { name: person.name }) : t('add.title')}
      size="lg"
    >
      <StaffForm person={person} onClose={onClose} />
    </Modal>
  );
}

interface Fields {
  name: string;
  email: string;
  password: string;
  roles: Role[];
  storeId: string | null;
}

function StaffForm({ person, onClose }: Omit<StaffDialogProps, 'opened'>) {
  const { t } = useTranslation('staff');
  const { t: tCommon } = useTranslation('common');
  const { t: tFrame } = useTranslation('frame');
  const stores = useStoreChoice();
  const form = useStaffForm(person);
  const save = useSaveStaff(person, onClose);
  return (
    <form onSubmit={form.onSubmit((fields) => save.mutate(fields))} noValidate>
      <Stack>
        <TextInput label={t('form.name')} required data-autofocus dir="auto" {...form.getInputProps('name')} />
        {!person && (
          <>
            <TextInput
              label={t('form.email')}
              description={t('form.emailHint')}
              type="email"
              required
              autoComplete="off"
              {...form.getInputProps('email')}
            />
            <PasswordInput
              label={t('form.password')}
              description={t('form.passwordHint')}
              required
              autoComplete="new-password"
              visibilityToggleButtonProps={{ 'aria-label': tFrame('signIn.showPassword'), tabIndex: 0 }}
              {...form.getInputProps('password')}
            />
          </>
        )}
        <Checkbox.Group label={t('form.roles')} required {...form.getInputProps('roles')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" verticalSpacing="xs" mt={6} mb={4}>
            {roleSchema.options.map((role) => (
              <Checkbox key={role} value={role} label={t(`role.${role}.name`)} description={t(`role.${role}.text`)} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
        <Select
          label={t('form.store')}
          description={t('form.storeHint')}
          placeholder={t('list.allStores')}
          clearable
          clearButtonProps={{ 'aria-label': t('form.noStore') }}
          data={stores.options}
          {...form.getInputProps('storeId')}
        />
        <FormEnd
          verb={person ? tCommon('save') : t('add.button')}
          isBusy={save.isPending}
          error={save.error}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}

function useStaffForm(person: ManagedUser | undefined) {
  const { t } = useTranslation('staff');
  const { t: tSettings } = useTranslation('settings');
  const isNew = person === undefined;
  const initialValues: Fields = {
    ...{ name: person?.name ?? '', email: '', password: '', roles: person?.roles ?? [] },
    storeId: person?.store ? String(person.store.id) : null,
  };
  return useForm({
    initialValues,
    validateInputOnBlur: ['email', 'password'],
    validate: {
      name: (value) => (nameSchema.safeParse(value).success ? null : t('form.nameMissing')),
      email: (value) => (!isNew || emailSchema.safeParse(value.trim()).success ? null : t('form.emailInvalid')),
      password: (value) => (!isNew || brokenPasswordRules(value).length === 0 ? null : tSettings('signIn.weak')),
      roles: (value) => (value.length > 0 ? null : t('form.rolesMissing')),
    },
  });
}

/** Sends the fields; one's own change counts for what is on the screen at once. */
function useSaveStaff(person: ManagedUser | undefined, onDone: () => void) {
  const { t } = useTranslation('staff');
  const refreshStaff = useRefreshStaff();
  const notify = useNotify();
  const { id: ownId } = useUser();
  const refresh = useRefreshUser();
  return useMutation({
    mutationFn: ({ name, email, password, roles, storeId }: Fields) => {
      const fields = { name: name.trim(), roles, storeId: storeId === null ? null : Number(storeId) };
      return person
        ? desk.users.change({ id: person.id, ...fields })
        : desk.users.create({ ...fields, email: email.trim(), password });
    },
    onSuccess: ({ id, name }) => {
      notify.show({ id: 'staff', tone: 'good', title: t(person ? 'edit.done' : 'add.done', { name }) });
      refreshStaff();
      if (id === ownId) refresh.mutate({});
      onDone();
    },
  });
}
