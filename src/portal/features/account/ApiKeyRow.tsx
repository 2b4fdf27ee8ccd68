import { Badge, Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PortalKey } from '#core/domain/portal.ts';
import { api, portal } from '../../api.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { serverNow } from '../../connection.ts';
import { useFormat } from '../../format.ts';
import { useKeyBarrier } from './key-barrier.ts';
import classes from './Rows.module.css';

/** One key: what it may do, until when, when it was last used; and its end. */
export function ApiKeyRow({ apiKey }: { apiKey: PortalKey }) {
  const { t } = useTranslation('account');
  const { date, relative } = useFormat();
  const barrier = useKeyBarrier();
  const [isAsking, setAsking] = useState(false);
  const queryClient = useQueryClient();
  const { id, name, hint, access, status, createdAt, expiresAt, lastUsedAt } = apiKey;
  const revoke = useMutation({
    mutationFn: () => api.account.apiKeys.revoke({ id }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: portal.account.apiKeys.key() });
      setAsking(false);
    },
  });
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <p className={classes.name}>
          {name}{' '}
          <Badge className={status === 'active' ? classes.good : classes.idle}>{t(`api.status.${status}`)}</Badge>
        </p>
        <p className={classes.more}>
          <code>{hint}</code> · {t(`api.${access}`)}
        </p>
        <p className={classes.more}>
          {t('api.createdOn', { date: date(createdAt) })} · {expiryWords(expiresAt, status, t, date)}
        </p>
        <p className={classes.more}>
          {lastUsedAt === null ? t('api.neverUsed') : t('api.lastUsed', { when: relative(lastUsedAt, serverNow()) })}
        </p>
      </div>
      {status === 'active' && (
        <Button
          size="sm"
          variant="default"
          disabled={barrier !== null}
          aria-label={t('api.revokeNamed', { name })}
          onClick={() => setAsking(true)}
        >
          {t('api.revoke')}
        </Button>
      )}
      {isAsking && (
        <ConfirmDialog
          title={t('api.revokeNamed', { name })}
          text={t('api.revokeText', { name })}
          confirm={t('api.revokeNow')}
          cancel={t('api.keep')}
          act={revoke}
          onConfirm={() => revoke.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

type Translate = ReturnType<typeof useTranslation<'account'>>['t'];

function expiryWords(
  expiresAt: string | null,
  status: PortalKey['status'],
  t: Translate,
  date: (instant: string) => string,
): string {
  if (expiresAt === null) return t('api.neverExpires');
  return t(status === 'expired' ? 'api.expiredOn' : 'api.expiresOn', { date: date(expiresAt) });
}
