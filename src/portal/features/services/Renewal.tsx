import { Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PortalServiceDetail } from '#core/contract/portal/services.ts';
import { portal } from '../../api.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { Section } from '../../components/Section.tsx';
import { useFormat } from '../../format.ts';
import { useChangeBarrier } from '../../session.tsx';
import { isOver } from './marks.ts';
import classes from './services.module.css';
import { useCost } from './use-cost.ts';

/** Whether a service renews by itself, and the switch; asked again before it changes, for money follows. */
export function Renewal({ service }: { service: PortalServiceDetail }) {
  const { t } = useTranslation(['services', 'common']);
  const { date } = useFormat();
  const barrier = useChangeBarrier();
  const [asks, setAsks] = useState(false);
  const reasonId = useId();
  const { autoRenew, expiresAt, actions } = service;
  // A service that is over, or nothing of which recurs, has nothing to switch.
  if (isOver(service) || service.period === null) return null;
  const reason =
    barrier !== null ? t(`common:${barrier}`) : actions.includes('change_renewal') ? null : t('renewal.notNow');
  const key = `renewal.${autoRenew ? 'isOn' : 'isOff'}${expiresAt === null ? '' : 'Until'}`;
  return (
    <div id="renewal">
      <Section title={t('renewal.title')}>
        <Switch
          checked={autoRenew}
          disabled={reason !== null}
          onChange={() => setAsks(true)}
          label={t('renewal.label')}
          description={t(key, { date: expiresAt === null ? '' : date(expiresAt) })}
          aria-describedby={reason === null ? undefined : reasonId}
        />
        {reason !== null && (
          <p id={reasonId} className={classes.reason}>
            {reason}
          </p>
        )}
      </Section>
      {asks && <AskRenewal service={service} onClose={() => setAsks(false)} />}
    </div>
  );
}

function AskRenewal({ service, onClose }: { service: PortalServiceDetail; onClose: () => void }) {
  const { t } = useTranslation('services');
  const { date } = useFormat();
  const price = useCost()(service);
  const queryClient = useQueryClient();
  const { id, name, expiresAt } = service;
  const turnsOn = !service.autoRenew;
  const change = useMutation(
    portal.services.change.mutationOptions({
      onSuccess: async (changed) => {
        queryClient.setQueryData(portal.services.get.queryKey({ input: { id } }), changed);
        onClose();
        await queryClient.invalidateQueries();
      },
    }),
  );
  const offText =
    expiresAt === null
      ? t('renewal.turnOffTextNoDate', { service: name })
      : t('renewal.turnOffText', { service: name, date: date(expiresAt) });
  return (
    <ConfirmDialog
      title={turnsOn ? t('renewal.turnOnTitle') : t('renewal.turnOffTitle')}
      text={turnsOn ? t('renewal.turnOnText', { service: name, price }) : offText}
      confirm={turnsOn ? t('renewal.turnOn') : t('renewal.turnOff')}
      cancel={t('renewal.keep')}
      act={change}
      onConfirm={() => change.mutate({ id, autoRenew: turnsOn })}
      onClose={onClose}
    />
  );
}
