import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImpersonationState } from '#core/domain/portal.ts';
import { serverNow } from '../connection.ts';
import { useFormat } from '../format.ts';

/** How long an impersonation still lasts, by the server's clock. */
export function TimeLeft({ state }: { state: ImpersonationState }) {
  const { t } = useTranslation('impersonation');
  const { countdown } = useFormat();
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 1000);
    return () => clearInterval(timer);
  }, []);
  const whole = Date.parse(state.expiresAt) - now.getTime();
  const idle = Date.parse(state.idleAt) - now.getTime();
  return (
    <span role="timer">
      {t('left')} <time dateTime={state.expiresAt}>{countdown(Math.max(0, Math.min(whole, idle)))}</time>
    </span>
  );
}
