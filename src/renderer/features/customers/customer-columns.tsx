import { IconBuilding, IconClockHour4, IconUser } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Customer } from '#core/domain/customer.ts';
import { isLocalId } from '#core/sync/local-ids.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Column } from '../../components/VirtualTable.tsx';
import { useFormat } from '../../format.tsx';
import classes from './customers.module.css';

/** The columns of every list of customers. */
export function useCustomerColumns(): Column<Customer>[] {
  const { t } = useTranslation('customers');
  const { phone } = useFormat();
  return useMemo(
    () => [
      {
        key: 'name',
        header: t('columns.name'),
        width: 'minmax(0, 1.6fr)',
        cell: ({ name, type }) => <NameCell name={name} type={type} />,
      },
      {
        key: 'id',
        header: t('columns.id'),
        numeric: true,
        width: '64px',
        cell: ({ id }) => <IdCell id={id} />,
      },
      {
        key: 'phone',
        header: t('columns.phone'),
        numeric: true,
        width: '164px',
        cell: (row) => (row.phone === null ? <Nothing /> : phone(row.phone)),
      },
      {
        key: 'email',
        header: t('columns.email'),
        wideOnly: true,
        width: 'minmax(0, 1.4fr)',
        cell: ({ email }) => email ?? <Nothing />,
      },
      {
        key: 'status',
        header: t('columns.status'),
        width: '104px',
        cell: ({ status }) => <StatusMark kind="customer" status={status} look="plain" />,
      },
    ],
    [t, phone],
  );
}

function NameCell({ name, type }: Pick<Customer, 'name' | 'type'>) {
  const { t } = useTranslation('common');
  const Icon = type === 'business' ? IconBuilding : IconUser;
  return (
    <span className={classes.name}>
      <Icon size={17} stroke={1.7} aria-label={t(`customerType.${type}`)} role="img" />
      <bdi className={classes.nameText} title={name}>
        {name}
      </bdi>
    </span>
  );
}

/** The column is as wide as a number; one that is still to come is a mark here, and words on the customer's page. */
function IdCell({ id }: { id: number }) {
  const { t } = useTranslation('work');
  if (!isLocalId(id)) return <span className={classes.quiet}>{id}</span>;
  return (
    <span className={classes.quiet} role="img" title={t('numberFollows')} aria-label={t('numberFollows')}>
      <IconClockHour4 size={16} stroke={1.7} aria-hidden />
    </span>
  );
}

function Nothing() {
  return <span className={classes.quiet}>–</span>;
}
