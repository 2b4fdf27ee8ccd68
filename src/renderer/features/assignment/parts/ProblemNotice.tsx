import { Button, CloseButton, Text } from '@mantine/core';
import { IconBarcodeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { useFormat } from '../../../format.tsx';
import { errorStep } from '../error-step.ts';
import { type Problem, useWizard } from '../wizard.ts';
import classes from './ProblemNotice.module.css';

/** What stands in the way, above the step: said to everyone, with the button that leads on. */
export function ProblemNotice() {
  const { t } = useTranslation('assignment');
  const { problem, step, open } = useWizard();
  if (problem === null) return null;
  if (problem.kind === 'scan') return <RefusedScan problem={problem} />;
  const lead = errorStep(problem.error);
  const action = lead !== null && lead !== step && (
    <Button size="compact-md" onClick={() => open(lead)}>
      {t(`lead.${lead}`)}
    </Button>
  );
  return <ErrorNotice error={problem.error} action={action || undefined} />;
}

/** A scan that was refused: what was scanned, why not, what to do. The next good scan clears it. */
function RefusedScan({ problem }: { problem: Extract<Problem, { kind: 'scan' }> }) {
  const { t } = useTranslation('assignment');
  const { setProblem } = useWizard();
  const { time } = useFormat();
  const { until } = problem.facts;
  const facts = { ...problem.facts, until: until ? time(until) : '' };
  return (
    <section role="alert" className={classes.refused} data-testid="scan-refused">
      <IconBarcodeOff size={22} className={classes.icon} aria-hidden />
      <div className={classes.words}>
        <Text fw={600} size="sm">
          {t(`scan.${problem.reason}.title`, facts)}
        </Text>
        <Text size="sm">{t(`scan.${problem.reason}.text`, facts)}</Text>
      </div>
      <CloseButton aria-label={t('scan.dismiss')} onClick={() => setProblem(null)} />
    </section>
  );
}
