import { luhnDigit } from '#core/scan/check-digits.ts';
import type { CentralClient } from '../../parts/central.ts';

let counted = 0;

/** The number of a card that no other call gave. */
export function freshIccid(): string {
  counted += 1;
  const body = `894477${String(counted).padStart(12, '0')}`;
  return body + luhnDigit(body);
}

/** The error's code and data, for errors that are expected. */
export async function refusalOf(call: Promise<unknown>): Promise<{ code: string; data: unknown }> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error === null || typeof error !== 'object' || !('code' in error)) throw new Error('the call was not refused');
  return { code: String(error.code), data: 'data' in error ? error.data : undefined };
}

export async function receiveSim(client: CentralClient) {
  return client.inventory.createItem({ template: 'sim_card', identifiers: { iccid: freshIccid() } });
}
