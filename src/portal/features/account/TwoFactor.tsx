import { Badge, Button, Group } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { portal } from '../../api.ts';
import { BarrierNote } from '../../components/BarrierNote.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { Said } from '../../components/Said.tsx';
import { Section } from '../../components/Section.tsx';
import { useFormat } from '../../format.ts';
import { useSecurityBarrier } from '../../session.tsx';
import { BackupCodes } from './BackupCodes.tsx';
import { Enrol } from './Enrol.tsx';
import classes from './TwoFactor.module.css';
import { RenewForm, TurnOffForm } from './TwoFactorForms.tsx';

/** What is open below the state. Codes are shown until the customer has put them away. */
type Step =
  | { kind: 'state'; said: string | null }
  | { kind: 'enrol' | 'renew' | 'off' }
  | { kind: 'codes'; codes: string[] };

const FEW_CODES = 3;

/** The second factor of the account: on, off, and new backup codes (AU-7). */
export function TwoFactor() {
  const { t } = useTranslation('account');
  const queryClient = useQueryClient();
  const state = useQuery(portal.account.twoFactor.get.queryOptions());
  const [step, setStep] = useState<Step>({ kind: 'state', said: null });
  const back = (said: string | null) => setStep({ kind: 'state', said });
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: portal.account.twoFactor.key() }),
      queryClient.invalidateQueries({ queryKey: portal.me.key() }),
    ]);
  const showCodes = (codes: string[]) => {
    setStep({ kind: 'codes', codes });
    void refresh();
  };
  return (
    <Section title={t('twoFactor.title')} intro={t('twoFactor.text')}>
      {step.kind === 'codes' && <BackupCodes codes={step.codes} onKept={() => back(t('twoFactor.nowOn'))} />}
      {step.kind === 'enrol' && <Enrol onDone={showCodes} onCancel={() => back(null)} />}
      {step.kind === 'renew' && <RenewForm onDone={showCodes} onCancel={() => back(null)} />}
      {step.kind === 'off' && (
        <TurnOffForm
          onDone={() => {
            back(t('twoFactor.nowOff'));
            void refresh();
          }}
          onCancel={() => back(null)}
        />
      )}
      {step.kind === 'state' && (
        <>
          <Said text={step.said} />
          <Loaded query={state} height={90}>
            {(data) => <State {...data} isBack={step.said !== null} onStep={(kind) => setStep({ kind })} />}
          </Loaded>
        </>
      )}
    </Section>
  );
}

interface StateProps {
  readonly enabled: boolean;
  readonly enabledAt: string | null;
  readonly backupCodesLeft: number;
  /** Come back from a step: the focus goes where the next one begins. */
  readonly isBack: boolean;
  readonly onStep: (step: 'enrol' | 'renew' | 'off') => void;
}

function State({ enabled, enabledAt, backupCodesLeft, isBack, onStep }: StateProps) {
  const { t } = useTranslation('account');
  const { date } = useFormat();
  const barrier = useSecurityBarrier();
  const note = useId();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isBack) first.current?.focus();
  }, [isBack]);
  const closed = { disabled: barrier !== null, 'aria-describedby': barrier === null ? undefined : note };
  return (
    <>
      <p className={classes.state} data-on={enabled}>
        <Badge color={enabled ? 'green' : 'gray'} className={classes.badge} data-on={enabled}>
          {enabled && enabledAt !== null ? t('twoFactor.on', { date: date(enabledAt) }) : t('twoFactor.off')}
        </Badge>
        {enabled && <span>{t('twoFactor.codesLeft', { count: backupCodesLeft })}</span>}
        {enabled && backupCodesLeft <= FEW_CODES && <strong>{t('twoFactor.codesFew')}</strong>}
      </p>
      <BarrierNote barrier={barrier} id={note} />
      <Group gap="sm">
        {enabled ? (
          <>
            <Button ref={first} size="sm" variant="default" {...closed} onClick={() => onStep('renew')}>
              {t('twoFactor.renew')}
            </Button>
            <Button size="sm" variant="default" {...closed} onClick={() => onStep('off')}>
              {t('twoFactor.turnOff')}
            </Button>
          </>
        ) : (
          <Button ref={first} size="sm" {...closed} onClick={() => onStep('enrol')}>
            {t('twoFactor.turnOn')}
          </Button>
        )}
      </Group>
    </>
  );
}
