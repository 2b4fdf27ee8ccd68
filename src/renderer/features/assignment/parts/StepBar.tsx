import { UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Step } from '#core/assignment/steps.ts';
import { useWizard } from '../wizard.ts';
import classes from './StepBar.module.css';

/** The steps that this product and customer need, each open at any time; nothing is lost by going back. */
export function StepBar() {
  const { t } = useTranslation('assignment');
  const { steps, step, open } = useWizard();
  return (
    <nav aria-label={t('steps')} className={classes.bar}>
      <ol className={classes.list}>
        {steps.map((one, index) => (
          <li key={one.name} className={classes.item}>
            <UnstyledButton
              className={classes.step}
              aria-current={one.name === step ? 'step' : undefined}
              data-done={isDone(one) || undefined}
              title={t(`step.${one.name}`)}
              onClick={() => open(one.name)}
            >
              <span className={classes.mark} aria-hidden>
                {isDone(one) ? <IconCheck size={13} stroke={3} /> : index + 1}
              </span>
              <span className={classes.label}>
                {t(`step.${one.name}`)}
                {isDone(one) && <span className="visually-hidden"> ({t('done')})</span>}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function isDone({ name, missing }: Step): boolean {
  return name !== 'review' && missing.length === 0;
}
