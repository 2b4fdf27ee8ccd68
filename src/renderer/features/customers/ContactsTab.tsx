import { ActionIcon, Badge, Button } from '@mantine/core';
import { IconAddressBook, IconEye, IconPencil, IconPlus, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact, Customer } from '#core/domain/customer.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { ListPanel, ListRow } from '../../components/ListPanel.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { deskQuery } from '../../desk.ts';
import { useFormat } from '../../format.tsx';
import { useCan } from '../../session.tsx';
import { LogInAsUser } from '../portal-view/LogInAsUser.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { ContactDialog } from './ContactDialog.tsx';

/** The people to talk to, each with what they are there for. */
export function ContactsTab({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers');
  const [adding, setAdding] = useState(false);
  const mayEdit = useCan('edit_customer');
  const { data, error, refetch } = useQuery(
    deskQuery.customers.contacts.queryOptions({ input: { id: customer.id, limit: 200 } }),
  );
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows label={t('contacts.loading')} />;
  const add = mayEdit && (
    <Button
      size="compact-md"
      variant="light"
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={() => setAdding(true)}
    >
      {t('contacts.add')}
    </Button>
  );
  return (
    <>
      {data.items.length === 0 ? (
        <EmptyState
          icon={<IconAddressBook size={24} />}
          title={t('contacts.none')}
          text={t('contacts.noneText')}
          action={add}
        />
      ) : (
        <ListPanel title={t('contacts.title')} count={data.items.length} actions={add}>
          {data.items.map((contact) => (
            <ContactRow key={contact.id} customer={customer} contact={contact} />
          ))}
        </ListPanel>
      )}
      <ContactDialog customerId={customer.id} opened={adding} onClose={() => setAdding(false)} />
    </>
  );
}

function ContactRow({ customer, contact }: { customer: Customer; contact: Contact }) {
  const { t } = useTranslation('customers');
  const { phone } = useFormat();
  const mayImpersonate = useCan('can_impersonate');
  const mayEdit = useCan('edit_customer');
  const ways = [contact.email, contact.phone && phone(contact.phone)].filter(Boolean).join(' · ');
  return (
    <ListRow
      mark={<IconUser size={18} stroke={1.7} aria-hidden />}
      title={<bdi>{contact.name}</bdi>}
      detail={ways || t('contacts.noWays')}
    >
      {contact.roles.map((role) => (
        <Badge key={role} color="gray">
          {t(`role.${role}`)}
        </Badge>
      ))}
      {contact.hasLogin && <Badge color="iris">{t('contacts.login')}</Badge>}
      {mayEdit && contact.id > 0 && <Edit customer={customer} contact={contact} />}
      {mayEdit && <AccountMenu customerId={customer.id} contact={contact} />}
      {contact.hasLogin && mayImpersonate && <LogIn customer={customer} contact={contact} />}
    </ListRow>
  );
}

function Edit({ customer, contact }: { customer: Customer; contact: Contact }) {
  const { t } = useTranslation('customers');
  const [editing, setEditing] = useState(false);
  return (
    <>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={t('contacts.edit', { name: contact.name })}
        onClick={() => setEditing(true)}
      >
        <IconPencil size={16} aria-hidden />
      </ActionIcon>
      <ContactDialog customerId={customer.id} contact={contact} opened={editing} onClose={() => setEditing(false)} />
    </>
  );
}

/** IM-2: beside contacts with an account only. */
function LogIn(props: { customer: Customer; contact: Contact }) {
  const { t } = useTranslation('portal');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconEye size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t('login')}
        <span className="visually-hidden">: {props.contact.name}</span>
      </Button>
      <LogInAsUser {...props} opened={asking} onClose={() => setAsking(false)} />
    </>
  );
}
