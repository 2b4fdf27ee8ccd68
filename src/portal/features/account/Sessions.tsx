import { Badge, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { PortalSession } from '#core/domain/portal.ts';
import { api, portal } from '../../api.ts';
import { BarrierNote } from '../../components/BarrierNote.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Said } from '../../components/Said.tsx';
import { Section } from '../../components/Section.tsx';
import { serverNow } from '../../connection.ts';
import { useFormat } from '../../format.ts';
import { type Barrier, useSecurityBarrier } from '../../session.tsx';
import classes from './Rows.module.css';

/** Every device where the account is signed in, with the way out of each. */
export function Sessions() {
  const { t } = useTranslation('account');
  const barrier = useSecurityBarrier();
  const note = useId();
  const queryClient = useQueryClient();
  const sessions = useQuery(portal.account.sessions.list.queryOptions());
  const refresh = () => queryClient.invalidateQueries({ queryKey: portal.account.sessions.key() });
  const end = useMutation({ mutationFn: (id: string) => api.account.sessions.end({ id }), onSuccess: refresh });
  const endOthers = useMutation({ mutationFn: () => api.account.sessions.endOthers(), onSuccess: refresh });
  const others = sessions.data?.items.filter(({ current }) => !current) ?? [];
  const said = endOthers.data
    ? t('sessions.ended', { count: endOthers.data.ended })
    : end.isSuccess
      ? t('sessions.endedOne')
      : null;
  return (
    <Section title={t('sessions.title')} intro={t('sessions.text')}>
      <BarrierNote barrier={barrier} id={note} />
      <Said text={said} />
      {(end.isError || endOthers.isError) && <Problem error={end.error ?? endOthers.error} />}
      <Loaded query={sessions} height={150}>
        {({ items }) => (
          <ul className={classes.rows}>
            {items.map((session) => (
              <Session
                key={session.id}
                session={session}
                barrier={barrier}
                note={note}
                isPending={end.isPending && end.variables === session.id}
                onEnd={() => end.mutate(session.id)}
              />
            ))}
          </ul>
        )}
      </Loaded>
      {sessions.data && others.length === 0 && <p className={classes.more}>{t('sessions.only')}</p>}
      {others.length > 0 && (
        <Button
          mt="md"
          size="sm"
          disabled={barrier !== null}
          aria-describedby={barrier === null ? undefined : note}
          loading={endOthers.isPending}
          onClick={() => {
            end.reset();
            endOthers.mutate();
          }}
        >
          {t('sessions.endOthers')}
        </Button>
      )}
    </Section>
  );
}

interface SessionProps {
  readonly session: PortalSession;
  readonly barrier: Barrier;
  readonly note: string;
  readonly isPending: boolean;
  readonly onEnd: () => void;
}

function Session({ session, barrier, note, isPending, onEnd }: SessionProps) {
  const { t } = useTranslation('account');
  const { dateTime, relative } = useFormat();
  const device = session.device === '' ? t('sessions.unknown') : session.device;
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <p className={classes.name}>
          {device} {session.current && <Badge className={classes.good}>{t('sessions.current')}</Badge>}
        </p>
        {session.mode !== 'own' && (
          <p className={classes.more}>{t(session.mode === 'link' ? 'sessions.link' : 'sessions.staff')}</p>
        )}
        <p className={classes.more}>
          {t('sessions.since', { date: dateTime(session.createdAt) })} {t('sessions.ip', { ip: session.ip })}
        </p>
        <p className={classes.more}>{t('sessions.seen', { when: relative(session.lastSeenAt, serverNow()) })}</p>
      </div>
      {!session.current && (
        <Button
          size="sm"
          variant="default"
          disabled={barrier !== null}
          aria-describedby={barrier === null ? undefined : note}
          aria-label={t('sessions.endNamed', { device })}
          loading={isPending}
          onClick={onEnd}
        >
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}
