import { codeOf } from '../errors.ts';
import { useIsOffline } from '../work/use-work.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import { NeedsLine, type What } from './NeedsLine.tsx';

interface ReadErrorProps {
  what: What;
  error: unknown;
  onRetry: () => void;
  /** One line, where the page is about something else. */
  quiet?: boolean;
}

/** Why something can't be shown: there is no line to ask head office over, or an error like any other. */
export function ReadError({ what, error, onRetry, quiet }: ReadErrorProps) {
  const isOffline = useIsOffline();
  if (isOffline && codeOf(error) === 'unavailable') return <NeedsLine what={what} quiet={quiet} />;
  return <ErrorNotice error={error} onRetry={onRetry} />;
}
