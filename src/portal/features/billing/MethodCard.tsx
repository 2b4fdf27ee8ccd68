import { Button } from '@mantine/core';
import {
  IconAlertTriangleFilled,
  IconBuildingBank,
  IconCash,
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconCreditCard,
  IconFileText,
  IconTransfer,
  type TablerIcon,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PaymentMethod } from '#core/domain/billing.ts';
import { isExpiringCard } from '#core/domain/payment-rules.ts';
import { portal } from '../../api.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { Mark } from '../../components/Mark.tsx';
import { Problem } from '../../components/Problem.tsx';
import { serverNow } from '../../connection.ts';
import { useFormat } from '../../format.ts';
import { useDays } from '../balances/use-amounts.ts';
import classes from './billing.module.css';
import { isExpiredCard } from './signs.ts';

const icons: Record<PaymentMethod['kind'], TablerIcon> = {
  card: IconCreditCard,
  direct_debit: IconBuildingBank,
  transfer: IconTransfer,
  cheque: IconFileText,
  cash: IconCash,
};

interface MethodCardProps {
  readonly method: PaymentMethod;
  readonly mayChange: boolean;
}

/** One way to pay: what it is, until when it is good, whether it is the default; and what can be done about it. */
export function MethodCard({ method, mayChange }: MethodCardProps) {
  const { t } = useTranslation('billing');
  const name = useMethodName()(method);
  const Icon = icons[method.kind];
  return (
    <li className={classes.method} data-kind={method.kind}>
      <Icon size={28} stroke={1.6} aria-hidden className={classes.icon} />
      <div className={classes.methodWords}>
        <p className={classes.methodName}>
          {name}
          {method.isDefault && (
            <Mark tone="good" icon={IconCircleCheckFilled}>
              {t('payment.default')}
            </Mark>
          )}
        </p>
        <MethodDetails method={method} />
      </div>
      {mayChange && <MethodActs method={method} name={name} />}
    </li>
  );
}

function useMethodName(): (method: PaymentMethod) => string {
  const { t } = useTranslation('billing');
  return ({ kind, brand, lastFour }) => {
    const plain = t(`payment.kind.${kind}`);
    return lastFour === null ? (brand ?? plain) : t('payment.ending', { brand: brand ?? plain, lastFour });
  };
}

function MethodDetails({ method }: { method: PaymentMethod }) {
  const { t } = useTranslation('billing');
  const { date } = useFormat();
  const { month } = useDays();
  const { holder, expires, addedAt } = method;
  const now = serverNow();
  return (
    <>
      {holder !== null && <p className={classes.quiet}>{t('payment.holder', { holder })}</p>}
      {expires !== null && (
        <p className={classes.quiet}>
          {t('payment.expires', { month: month(expires.year, expires.month) })}{' '}
          {isExpiredCard(method, now) ? (
            <Mark tone="bad" icon={IconCircleXFilled}>
              {t('payment.expired')}
            </Mark>
          ) : (
            isExpiringCard(method, now) && (
              <Mark tone="warn" icon={IconAlertTriangleFilled}>
                {t('payment.expiringSoon')}
              </Mark>
            )
          )}
        </p>
      )}
      <p className={classes.quiet}>{t('payment.added', { date: date(addedAt) })}</p>
    </>
  );
}

function MethodActs({ method, name }: { method: PaymentMethod; name: string }) {
  const { t } = useTranslation('billing');
  const [asks, setAsks] = useState(false);
  const queryClient = useQueryClient();
  const makeDefault = useMutation(
    portal.paymentMethods.makeDefault.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  );
  const isAutomatic = method.kind === 'card' || method.kind === 'direct_debit';
  return (
    <div className={classes.acts}>
      {isAutomatic && !method.isDefault && (
        <Button
          variant="default"
          size="sm"
          loading={makeDefault.isPending}
          aria-label={t('payment.makeDefaultOf', { method: name })}
          onClick={() => makeDefault.mutate({ id: method.id })}
        >
          {t('payment.makeDefault')}
        </Button>
      )}
      <Button
        variant="default"
        size="sm"
        aria-label={t('payment.removeOf', { method: name })}
        onClick={() => setAsks(true)}
      >
        {t('payment.remove')}
      </Button>
      {makeDefault.error !== null && <Problem error={makeDefault.error} />}
      {asks && <AskRemoval id={method.id} name={name} onClose={() => setAsks(false)} />}
    </div>
  );
}

function AskRemoval({ id, name, onClose }: { id: number; name: string; onClose: () => void }) {
  const { t } = useTranslation('billing');
  const queryClient = useQueryClient();
  const remove = useMutation(
    portal.paymentMethods.remove.mutationOptions({
      onSuccess: async () => {
        onClose();
        await queryClient.invalidateQueries();
      },
    }),
  );
  return (
    <ConfirmDialog
      title={t('payment.removeTitle')}
      text={t('payment.removeText', { method: name })}
      confirm={t('payment.remove')}
      cancel={t('payment.cancel')}
      act={remove}
      onConfirm={() => remove.mutate({ id })}
      onClose={onClose}
    />
  );
}
