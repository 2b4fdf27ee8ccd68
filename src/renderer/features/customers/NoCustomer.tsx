import { Button } from '@mantine/core';
import { IconUserSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useCan } from '../../session.tsx';

/** "Customer not found" with its causes, and the way to create one that already holds what was typed. */
export function NoCustomer({ text }: { text: string }) {
  const { t } = useTranslation('customers');
  const mayCreate = useCan('create_customer');
  const create = mayCreate && (
    <Button component={Link} href={text === '' ? '/customers/new' : `/customers/new/${encodeURIComponent(text)}`}>
      {t('none.create')}
    </Button>
  );
  if (text === '') {
    return (
      <EmptyState icon={<IconUserSearch size={24} />} title={t('none.title')} text={t('none.text')} action={create} />
    );
  }
  return (
    <EmptyState
      icon={<IconUserSearch size={24} />}
      title={t('none.notFound', { text })}
      causes={[t('none.spelling'), t('none.otherTerm'), t('none.filter'), t('none.isNew')]}
      action={create}
    />
  );
}
