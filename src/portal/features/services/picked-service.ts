const KEPT = 'comptoir.portal.service';

/** The service that this customer looked at last, on this device; null when there is none. */
export function readPicked(customerId: number): number | null {
  try {
    const [customer, service] = (localStorage.getItem(KEPT) ?? '').split(':').map(Number);
    return customer === customerId && service !== undefined && Number.isSafeInteger(service) ? service : null;
  } catch {
    return null;
  }
}

/** A frame whose browser keeps nothing for it begins with the first service again. */
export function keepPicked(customerId: number, serviceId: number): void {
  try {
    localStorage.setItem(KEPT, `${customerId}:${serviceId}`);
  } catch {
    // Nothing depends on it.
  }
}

interface Choosable {
  readonly id: number;
  readonly status: string;
}

/** The service to show: the one that is asked for, else the one of last time, else the first in use, else the first. */
export function pickService<S extends Choosable>(
  services: readonly S[],
  asked: number | null,
  kept: number | null,
): S | undefined {
  const byId = (id: number | null) => services.find((service) => service.id === id);
  return byId(asked) ?? byId(kept) ?? services.find(({ status }) => status === 'active') ?? services[0];
}
