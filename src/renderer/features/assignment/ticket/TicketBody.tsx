import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepName } from '#core/assignment/steps.ts';
import { useCustomerId } from '../parts/use-customer-id.ts';
import { useWizard } from '../wizard.ts';
import classes from './Ticket.module.css';
import { TicketItems } from './TicketItems.tsx';
import { type DetailLine, useDetailLines } from './use-detail-lines.ts';

interface LineProps {
  label: string;
  step: StepName;
  /** Null while it is still to be chosen; empty when the detail says it all. */
  value: string | null;
  detail?: ReactNode;
}

/** One thing chosen, or still to choose; the pencil opens the step where it is. */
function Line({ label, step, value, detail }: LineProps) {
  const { t } = useTranslation('assignment');
  const { open, step: present } = useWizard();
  return (
    <div className={classes.line}>
      <div className={classes.words}>
        <div className={classes.label}>{label}</div>
        {value === null ? (
          <div className={classes.waiting}>{t('ticket.notYet')}</div>
        ) : value === '' ? null : (
          <div className={`${classes.value} ${classes.clamped}`} dir="auto" title={value}>
            {value}
          </div>
        )}
        {detail && <div className={classes.detail}>{detail}</div>}
      </div>
      {step !== present && (
        <Tooltip label={t('ticket.change')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('ticket.changeThis', { what: label })}
            onClick={() => open(step)}
          >
            <IconPencil size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}

/** The details in a few small lines; an optional one without an answer takes no room. */
function Details({ lines }: { lines: readonly DetailLine[] }) {
  const { t } = useTranslation(['assignment', 'common']);
  const { steps } = useWizard();
  const missing = steps.find(({ name }) => name === 'details')?.missing ?? [];
  const shown = lines.filter(({ field, value }) => value !== null || missing.includes(field));
  return (
    <Line
      step="details"
      label={t('step.details')}
      value={shown.length === 0 ? t('ticket.nothingSaid') : ''}
      detail={shown.map(({ field, label, value }) => (
        <div key={field} className={classes.small} dir="auto" title={value ?? undefined}>
          {t('common:lead', { label })} {value ?? <em>{t('ticket.notYet')}</em>}
        </div>
      ))}
    />
  );
}

/** Everything chosen so far, line by line. */
export function TicketBody() {
  const { t } = useTranslation('assignment');
  const { draft, steps } = useWizard();
  const { customer, product, choices, serviceId, autoRenew } = draft;
  const details = useDetailLines(draft);
  const idOf = useCustomerId();
  const target = product?.category === 'addon' ? choices.services.find(({ id }) => id === serviceId) : undefined;
  const has = (name: StepName) => steps.some((step) => step.name === name);
  return (
    <>
      <Line
        step="customer"
        label={t('ticket.customer')}
        value={customer?.name ?? null}
        detail={customer && `${idOf(customer.id)} · ${t(`common:customerType.${customer.type}`)}`}
      />
      <Line step="product" label={t(`ticket.${product?.category ?? 'plan'}`)} value={product?.name ?? null} />
      {product?.category === 'addon' && customer !== null && (
        <Line
          step="service"
          label={t('ticket.service')}
          value={target?.name ?? null}
          detail={target && t('customer.id', { id: target.id })}
        />
      )}
      <TicketItems />
      {details.length > 0 && <Details lines={details} />}
      {has('renewal') && (
        <Line
          step="renewal"
          label={t('step.renewal')}
          value={autoRenew === null ? null : t(autoRenew ? 'renewal.yes' : 'renewal.no')}
        />
      )}
    </>
  );
}
