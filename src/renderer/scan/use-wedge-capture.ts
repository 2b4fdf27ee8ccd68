import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { WedgeSettings } from '#core/scan/schema.ts';
import { desk, deskQuery } from '../desk.ts';
import { useNotify } from '../notify.tsx';
import { captureWedge } from './wedge-capture.ts';

const usual = WedgeSettings.parse({});

/** Sends what a wedge reader types to the host, which answers with a scan event like every other device. */
export function useWedgeCapture(): void {
  const { data } = useQuery(deskQuery.devices.settings.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  const notify = useNotify();
  const settings = useEffectEvent(() => data?.wedge ?? usual);
  const submit = useEffectEvent((text: string) => {
    desk.scans.submit({ text: text.slice(0, 500) }).catch((error: unknown) => notify.error(error));
  });
  useEffect(
    () =>
      captureWedge(
        window,
        () => settings(),
        (text) => submit(text),
      ),
    [],
  );
}
