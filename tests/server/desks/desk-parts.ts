import { randomBytes } from 'node:crypto';
import { type CentralClient, clientOf, type TestCentral } from '../../parts/central.ts';

export const secret = () => randomBytes(24).toString('base64url');

export interface EnrolledDesk {
  readonly id: string;
  readonly name: string;
  readonly credential: string;
  /** Calls as the desk itself, nobody signed in there. */
  readonly itself: CentralClient;
  /** Calls as a person with this token who stands at the desk. */
  with(token: string): CentralClient;
}

/** A client whose every call says at which desk it is made. */
export function clientAt(url: string, credential: string, token?: string): CentralClient {
  const client = (path: readonly string[]): unknown =>
    new Proxy(() => undefined, {
      get: (_, name) => client([...path, String(name)]),
      apply: (_, __, [input, options]) => {
        const base = clientOf(url, token === undefined ? {} : { token });
        const method = path.reduce<unknown>((node, name) => Reflect.get(node as object, name), base);
        const headers = { 'x-comptoir-desk': credential };
        return (method as (input: unknown, options: unknown) => unknown)(input, { ...options, context: { headers } });
      },
    });
  return client([]) as CentralClient;
}

/** A desk enrolled as people do it: by its code. It is not heard of before its first call. */
export async function enrol(central: TestCentral, admin: CentralClient, name: string, storeId = 1) {
  const stranger = central.client();
  const own = secret();
  const { id, code } = await stranger.desks.requestEnrolment({ machine: `machine of ${name}`, secret: own });
  await admin.desks.approveEnrolment({ code, name, storeId });
  const { credential, desk } = await stranger.desks.collectEnrolment({ id, secret: own });
  if (!credential || !desk) throw new Error('not enrolled');
  return atDesk(central.url, { id: desk.id, name, credential });
}

function atDesk(url: string, desk: Pick<EnrolledDesk, 'id' | 'name' | 'credential'>): EnrolledDesk {
  return {
    ...desk,
    itself: clientAt(url, desk.credential),
    with: (token) => clientAt(url, desk.credential, token),
  };
}

/** Makes the desk heard of. */
export async function show(desk: EnrolledDesk): Promise<void> {
  await desk.itself.sync.giveBack({ itemIds: [] });
}
