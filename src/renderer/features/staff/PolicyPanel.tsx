import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Role, roleSchema } from '#core/domain/user.ts';
import { AskFirst } from '../../components/AskFirst.tsx';
import { ListPanel } from '../../components/ListPanel.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { ReadError } from '../../components/ReadError.tsx';
import { deskQuery } from '../../desk.ts';
import { useNotify } from '../../notify.tsx';
import { useUser } from '../../session.tsx';
import { useRefreshUser } from '../own-sign-in/use-refresh-user.ts';
import { Row } from '../settings/Row.tsx';

/** Which roles must sign in with two factors (AU-7); asked first, as it stops who has none until they set it up. */
export function PolicyPanel() {
  const { t } = useTranslation('staff');
  const [asked, setAsked] = useState<Role>('admin');
  const [asking, setAsking] = useState(false);
  const policy = useQuery(deskQuery.accessPolicy.get.queryOptions());
  const change = useChangePolicy(() => setAsking(false));
  const ownWarning = useOwnWarning(asked);
  if (policy.error) {
    return <ReadError what="staff" quiet error={policy.error} onRetry={() => void policy.refetch()} />;
  }
  if (policy.isPending) return <LoadingRows rows={3} />;
  const forced = policy.data.twoFactorRoles;
  const set = (role: Role, on: boolean) =>
    change.mutate({ twoFactorRoles: on ? [...forced, role] : forced.filter((one) => one !== role) });
  const without = policy.data.withoutTwoFactor;
  return (
    <ListPanel title={t('policy.title')}>
      {roleSchema.options.map((role) => (
        <Row
          key={role}
          label={t(`role.${role}.name`)}
          hint={forced.includes(role) && without[role] > 0 ? t('policy.without', { count: without[role] }) : undefined}
        >
          <Switch
            aria-label={t('policy.switch', { role: t(`role.${role}.name`) })}
            label={t(forced.includes(role) ? 'policy.on' : 'policy.off')}
            labelPosition="left"
            disabled={change.isPending}
            checked={forced.includes(role)}
            onChange={({ currentTarget: { checked } }) => {
              if (!checked) return set(role, false);
              setAsked(role);
              setAsking(true);
            }}
          />
        </Row>
      ))}
      <AskFirst
        opened={asking}
        title={t('policy.ask.title', { role: t(`role.${asked}.name`) })}
        texts={[t('policy.ask.text', { count: without[asked] }), ...ownWarning]}
        confirm={t('policy.ask.confirm')}
        busy={change.isPending}
        onConfirm={() => set(asked, true)}
        onClose={() => setAsking(false)}
      />
    </ListPanel>
  );
}

/** Whoever forces themselves without having it is asked to set it up at once: said before. */
function useOwnWarning(role: Role): string[] {
  const { t } = useTranslation('staff');
  const { roles } = useUser();
  const { data: own } = useQuery(deskQuery.ownAccess.twoFactor.queryOptions());
  return roles.includes(role) && own?.enabled === false ? [t('policy.ask.yourself')] : [];
}

function useChangePolicy(onSettled: () => void) {
  const { t } = useTranslation('staff');
  const client = useQueryClient();
  const notify = useNotify();
  const refresh = useRefreshUser();
  return useMutation(
    deskQuery.accessPolicy.change.mutationOptions({
      onSuccess: (policy) => {
        client.setQueryData(deskQuery.accessPolicy.get.queryKey(), policy);
        notify.show({ id: 'staff', tone: 'good', title: t('policy.saved') });
        void client.invalidateQueries({ queryKey: deskQuery.users.key() });
        refresh.mutate({});
      },
      onError: notify.error,
      onSettled,
    }),
  );
}
