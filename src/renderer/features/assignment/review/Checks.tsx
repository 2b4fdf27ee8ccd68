import { Button, Loader } from '@mantine/core';
import { IconAlertTriangleFilled, IconCircleCheckFilled, IconCircleXFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '#core/assignment/draft.ts';
import type { PreflightCheck } from '#core/domain/preflight.ts';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { desk } from '../../../desk.ts';
import { useIsEnrolled, useIsOffline } from '../../../work/use-work.ts';
import { useWizard } from '../wizard.ts';
import classes from './Review.module.css';
import type { Preflight } from './use-preflight.ts';

const icons = { ok: IconCircleCheckFilled, warning: IconAlertTriangleFilled, failed: IconCircleXFilled };
const weight = { failed: 0, warning: 1, ok: 2 };

/** The pre-flight: what is right in one line, what is not with what to do about it, the worst first. */
export function Checks({ preflight }: { preflight: Preflight }) {
  const { t } = useTranslation('assignment');
  const { draft } = useWizard();
  const { data, error, refetch } = preflight;
  const isOffline = useIsOffline();
  const isEnrolled = useIsEnrolled();
  const notAsked = isOffline && isEnrolled;
  if (error !== null && !notAsked) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  const checks = (data?.checks ?? [])
    // Without a line the network systems are head office's to ask, like all the rest: said once, above.
    .filter(({ key }) => !(notAsked && key === 'connectors_reachable'))
    .filter((check) => check.state !== 'ok' || isAbout(check, draft))
    .sort((a, b) => weight[a.state] - weight[b.state]);
  return (
    <>
      <h3 className={classes.checksTitle}>{t('preflight.title')}</h3>
      <ul className={classes.checks} aria-busy={data === undefined && !notAsked}>
        {notAsked && !checks.some(({ key }) => key === 'head_office') && <NotAsked />}
        {data === undefined && !notAsked && (
          <li className={classes.check}>
            <Loader size={15} aria-hidden /> {t('preflight.checking')}
          </li>
        )}
        {checks.map((check) => (
          <Check key={check.key} check={check} />
        ))}
      </ul>
    </>
  );
}

/** Without a line the desk checks by what it knows itself; head office has the last word when the order goes up. */
function NotAsked() {
  const { t } = useTranslation('assignment');
  return (
    <li className={classes.check} data-state="warning">
      <IconAlertTriangleFilled size={16} aria-hidden />
      <div>
        {t('preflight.head_office.wrong')}
        <div className={classes.advice}>{t('preflight.head_office.advice')}</div>
      </div>
    </li>
  );
}

/** Whether a check that is in order says something about this order: an add-on's service means nothing to a plan. */
function isAbout({ key }: PreflightCheck, draft: Draft): boolean {
  if (key === 'service_matches') return draft.product?.category === 'addon';
  if (key === 'items_held') return draft.items.length > 0;
  if (key === 'payment_method') return draft.autoRenew === true && draft.product?.recurring !== null;
  return key !== 'complete';
}

function Check({ check }: { check: PreflightCheck }) {
  const { t } = useTranslation(['assignment', 'common']);
  const Icon = icons[check.state];
  const facts = wordsOf(check.data);
  return (
    <li className={classes.check} data-state={check.state}>
      <Icon size={16} aria-hidden />
      <div>
        <span className="visually-hidden">{t('common:lead', { label: t(`preflight.state.${check.state}`) })} </span>
        {t(`preflight.${check.key}.${check.state === 'ok' ? 'ok' : 'wrong'}`, facts)}
        {check.state !== 'ok' && <div className={classes.advice}>{t(`preflight.${check.key}.advice`, facts)}</div>}
        {check.state === 'failed' && check.key === 'items_held' && <TakeAgain />}
      </div>
    </li>
  );
}

/** Central knows first that a hold is over, whatever this machine's clock says. */
function TakeAgain() {
  const { t } = useTranslation('assignment');
  const { draft, act, busy } = useWizard();
  const again = () => void act('extend', () => desk.drafts.extendHolds({ draftId: draft.id }));
  return (
    <Button size="compact-sm" mt={4} loading={busy.has('extend')} onClick={again}>
      {t('hold.again')}
    </Button>
  );
}

/** Lists become text: a message names all connectors that don't answer. */
function wordsOf(data: PreflightCheck['data']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]),
  );
}
