import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { portal } from '../api.ts';
import { Boundary } from '../components/Boundary.tsx';
import { Part } from '../components/Part.tsx';
import { Problem } from '../components/Problem.tsx';
import { signedIn, useDoor } from '../door.ts';
import { changeLanguage } from '../i18n.ts';
import { entrance } from '../routes.tsx';
import { MeProvider } from '../session.tsx';
import { Boot } from './Boot.tsx';
import { Frame } from './Frame.tsx';
import { useIsOpenAddress } from './open-address.ts';

const LOOK_EVERY_MS = 60_000;
/** Staff's sessions can be ended from elsewhere at any time, and say so soon. */
const LOOK_AT_STAFF_EVERY_MS = 15_000;

/** Shows the portal to who is in, and the entrance to everybody else. */
export function Gate() {
  const door = useDoor();
  const isOpenAddress = useIsOpenAddress();
  const me = useQuery(
    portal.me.queryOptions({
      enabled: door.state !== 'out',
      refetchInterval: ({ state }) => (state.data?.impersonation ? LOOK_AT_STAFF_EVERY_MS : LOOK_EVERY_MS),
      refetchOnWindowFocus: true,
    }),
  );
  const { data } = me;
  useEffect(() => {
    if (!data) return;
    signedIn(data.mode);
    void changeLanguage(data.language);
  }, [data]);

  if (door.state === 'out' || isOpenAddress) {
    return (
      <Boundary>
        <Suspense fallback={<Boot atEntrance />}>
          <Part
            load={entrance}
            props={door.state === 'out' ? { reason: door.reason, mode: door.mode } : { reason: null, mode: 'own' }}
          />
        </Suspense>
      </Boundary>
    );
  }
  if (data) {
    return (
      <MeProvider value={data}>
        <Frame />
      </MeProvider>
    );
  }
  if (me.isError) return <Problem error={me.error} onRetry={() => me.refetch()} isWhole />;
  return <Boot />;
}
