import type { Central } from '../central/client.ts';
import { hasCode } from '../failures.ts';
import type { Log } from '../log.ts';
import {
  endSignIn,
  getStaffMember,
  listEndedSignIns,
  listSignedInIds,
  removeEndedSignIn,
  replaceRefreshToken,
  saveRefreshToken,
} from '../store/staff.ts';
import type { Store } from '../store/store.ts';
import type { SecretStore } from './secret-store.ts';

interface SignInsOptions {
  readonly store: Store;
  readonly secrets: SecretStore;
  readonly central: Central;
  readonly log: Log;
}

/** The sign-ins at central that this desk keeps, a sealed refresh token a person, and those it still has to end. */
export interface SignIns {
  keep(userId: number, refreshToken: string): Promise<void>;
  /** The next token of the same sign-in; nothing when that ended meanwhile. */
  replace(userId: number, refreshToken: string): Promise<void>;
  /** Null when the person has none, or it was sealed elsewhere. */
  tokenOf(userId: number): Promise<string | null>;
  /** Central does not want it any more. */
  drop(userId: number): Promise<void>;
  /** Over here at once; central is told now or as soon as there is a line. */
  end(userId: number): Promise<void>;
  endAllBut(userId: number | null): Promise<void>;
  /** Tells central of what ended while there was no line. Never throws. */
  tellEnded(): Promise<void>;
}

export function createSignIns({ store, secrets, central, log }: SignInsOptions): SignIns {
  let telling: Promise<void> | null = null;

  const tell = async () => {
    for (const { id, refreshToken } of await listEndedSignIns(store)) {
      const token = await secrets.open(refreshToken);
      if (token !== null && !(await isTold(token))) return;
      await removeEndedSignIn(store, id);
    }
  };
  const isTold = async (refreshToken: string) => {
    try {
      await central.auth.logout({ refreshToken }, { context: { retry: 0 } });
      return true;
    } catch (error) {
      // What central refuses now it would refuse for ever: then there is nothing to end.
      return !hasCode(error, 'unavailable', 'rate_limited', 'internal_error');
    }
  };
  const signIns: SignIns = {
    keep: async (userId, refreshToken) => saveRefreshToken(store, userId, await secrets.seal(refreshToken)),
    replace: async (userId, refreshToken) => replaceRefreshToken(store, userId, await secrets.seal(refreshToken)),
    async tokenOf(userId) {
      const sealed = (await getStaffMember(store, userId))?.refreshToken ?? null;
      return sealed === null ? null : secrets.open(sealed);
    },
    drop: (userId) => saveRefreshToken(store, userId, null),
    async end(userId) {
      await endSignIn(store, userId);
      void signIns.tellEnded();
    },
    async endAllBut(userId) {
      for (const id of await listSignedInIds(store)) if (id !== userId) await signIns.end(id);
    },
    tellEnded() {
      telling ??= tell()
        .catch((error: unknown) => log.warn({ error: String(error) }, 'central was not told of a sign-out'))
        .finally(() => {
          telling = null;
        });
      return telling;
    },
  };
  return signIns;
}
