import { formatPhone } from '../phone.ts';

/** For `PhoneText`, which fetches it. */
export function PhoneFormatted({ number }: { number: string }) {
  return <>{formatPhone(number)}</>;
}
