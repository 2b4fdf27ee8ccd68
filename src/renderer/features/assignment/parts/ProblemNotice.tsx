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

const misread = new Set(['iccid_luhn', 'imei_luhn', 'ean_check']);

/** A scan that was refused: what was scanned, why not, what to do. The next good scan clears it. */
function RefusedScan({ problem }: { problem: Extract<Problem, { kind: 'scan' }> }) {
  const { t } = useTranslation(['assignment', 'common', 'errors']);
  const { setProblem } = useWizard();
  const words = useRefusalWords(problem);
  return (
    <section role="alert" className={classes.refused} data-testid="scan-refused">
      <IconBarcodeOff size={22} className={classes.icon} aria-hidden />
      <div className={classes.words}>
        <Text fw={600} size="sm">
          {words.title}
        </Text>
        <Text size="sm">{words.text}</Text>
        <Text size="xs" c="dimmed" className="tabular">
          {t('scanned', {
            text: problem.facts.label ? `${problem.facts.label} · ${problem.facts.text}` : problem.facts.text,
          })}
        </Text>
      </div>
      <CloseButton aria-label={t('dismiss')} onClick={() => setProblem(null)} />
    </section>
  );
}

function useRefusalWords({ reason, facts }: Extract<Problem, { kind: 'scan' }>) {
  const { t } = useTranslation(['common', 'errors']);
  const { time } = useFormat();
  const general = misread.has(reason) ? 'invalid' : reason === 'unreachable' ? 'unreachable' : null;
  if (general !== null) {
    return { title: t(`common:scan.${general}.title`), text: t(`common:scan.${general}.text`, { text: facts.text }) };
  }
  const named = { heldBy: facts.holder, heldUntil: facts.until ? time(facts.until) : '' };
  const say = (part: string) => t(`errors:refusal.${reason}.${part}`, named);
  return { title: say('title'), text: `${say('meaning')} ${say('advice')}` };
}
