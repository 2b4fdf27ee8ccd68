import { Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconBuilding, IconUser } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepName } from '#core/assignment/steps.ts';
import { useFormat } from '../../../format.tsx';
import { RenewalChoice } from '../parts/RenewalChoice.tsx';
import { StepHead } from '../parts/StepHead.tsx';
import { useCustomerId } from '../parts/use-customer-id.ts';
import classes from '../review/Review.module.css';
import { ReviewItems } from '../review/ReviewItems.tsx';
import { useDetailLines } from '../ticket/use-detail-lines.ts';
import { useWizard } from '../wizard.ts';

/** The ticket, enlarged: who, what, identifiers in full, renewal, terms (PA-14). Confirm is beside it. */
export function ReviewStep() {
  const { t } = useTranslation('assignment');
  const { draft, steps } = useWizard();
  const section = useRef<HTMLElement>(null);
  // Not on Confirm: the Enter that took the plan, pressed twice, must not order.
  useEffect(() => section.current?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true }), []);
  const has = (name: StepName) => steps.some((step) => step.name === name);
  const target = draft.choices.services.find(({ id }) => id === draft.serviceId);
  return (
    <section ref={section} aria-label={t('step.review')}>
      <StepHead title={t('review.title')} text={t('review.text')} />
      <div className={classes.sheet}>
        <Customer />
        <Part label={t(`ticket.${draft.product?.category ?? 'plan'}`)} step="product">
          <div className={classes.big} dir="auto">
            {draft.product?.name ?? t('ticket.notYet')}
          </div>
          {draft.product?.category === 'addon' && target && (
            <Text size="sm" dir="auto">
              {t('review.onService', { name: target.name, id: target.id })}
            </Text>
          )}
        </Part>
        {has('inventory') && (
          <Part label={t('step.inventory')} step="inventory">
            <ReviewItems />
          </Part>
        )}
        <Details />
        {has('renewal') && (
          <Part label={t('step.renewal')}>
            <RenewalChoice />
          </Part>
        )}
        {draft.product?.terms && (
          <Part label={t('review.terms')}>
            <Text size="sm" className={classes.terms} dir="auto">
              {draft.product.terms}
            </Text>
          </Part>
        )}
      </div>
    </section>
  );
}

interface PartProps {
  label: string;
  /** Where it is changed; none where it is changed right here. */
  step?: StepName;
  children: ReactNode;
}

function Part({ label, step, children }: PartProps) {
  const { t } = useTranslation('assignment');
  const { open } = useWizard();
  return (
    <div className={classes.part}>
      <h3 className={classes.label}>{label}</h3>
      <div className={classes.content}>{children}</div>
      {step && (
        <Button
          variant="subtle"
          size="compact-sm"
          className={classes.change}
          aria-label={t('ticket.changeThis', { what: label })}
          onClick={() => open(step)}
        >
          {t('ticket.change')}
        </Button>
      )}
    </div>
  );
}

/** PA-7: the one thing that can't be put right by itself afterwards. */
function Customer() {
  const { t } = useTranslation('assignment');
  const { phone } = useFormat();
  const idOf = useCustomerId();
  const { customer } = useWizard().draft;
  if (customer === null) return null;
  const Icon = customer.type === 'business' ? IconBuilding : IconUser;
  const reach = [customer.email, customer.phone && phone(customer.phone)].filter(Boolean).join(' · ');
  return (
    <Part label={t('ticket.customer')} step="customer">
      <div className={classes.big} dir="auto">
        {customer.name} <span className={classes.id}>{idOf(customer.id)}</span>
      </div>
      <div className={classes.facts}>
        <Icon size={15} aria-hidden /> {t(`common:customerType.${customer.type}`)}
        {reach && ` · ${reach}`}
      </div>
      <div className={classes.caution}>
        <IconAlertTriangle size={15} aria-hidden /> {t('customer.check')}
      </div>
    </Part>
  );
}

function Details() {
  const { t } = useTranslation('assignment');
  const { draft } = useWizard();
  const lines = useDetailLines(draft);
  if (lines.length === 0) return null;
  return (
    <Part label={t('step.details')} step="details">
      <dl className={classes.details}>
        {lines.map(({ field, label, value }) => (
          <div key={field}>
            <dt>{label}</dt>
            <dd dir="auto">{value ?? '—'}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
