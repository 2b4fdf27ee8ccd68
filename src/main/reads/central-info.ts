import { z } from 'zod';
import type { Central } from '../central/client.ts';
import { getSetting, saveSetting } from '../store/settings.ts';
import type { Store } from '../store/store.ts';

const infoSchema = z.object({
  name: z.string(),
  version: z.string(),
  demo: z.boolean(),
  now: z.string(),
  currency: z.string(),
  country: z.string(),
});
type Info = Awaited<ReturnType<Central['system']['info']>>;
const keptSchema = z.object({ info: infoSchema, aheadMs: z.number() });

const SETTING = 'centralInfo';
/** A line that takes longer is not waited for where there is something else to go on with. */
const WITHIN_MS = 300;

interface InfoOptions {
  readonly store: Store;
  readonly central: Central;
  readonly isOnline: () => boolean;
  readonly now: () => Date;
}

/** What central says of itself, kept so that screens can word money, numbers and times without a line. */
export function createCentralInfo({ store, central, isOnline, now }: InfoOptions) {
  const kept = async (): Promise<Info | undefined> => {
    const found = await getSetting(store, SETTING, keptSchema);
    return found && { ...found.info, now: new Date(now().getTime() + found.aheadMs).toISOString() };
  };
  const ask = async (): Promise<Info> => {
    const info = await central.system.info();
    const aheadMs = new Date(info.now).getTime() - now().getTime();
    await saveSetting(store, SETTING, { info, aheadMs });
    return info;
  };
  /** Asks for an answer that is kept whenever it comes; `otherwise` where the line fails or takes longer. */
  const askWithin = <T>(otherwise: T): Promise<Info | T> => {
    let timer: NodeJS.Timeout | undefined;
    const inTime = new Promise<T>((resolve) => {
      timer = setTimeout(resolve, WITHIN_MS, otherwise);
    });
    const answer = ask().catch(() => otherwise);
    return Promise.race([answer, inTime]).finally(() => clearTimeout(timer));
  };
  const get = async (): Promise<Info> => {
    const before = await kept();
    if (before === undefined) return ask();
    return isOnline() ? askWithin(before) : before;
  };
  return {
    get,
    /** The operator's country; '' while it is not known. Every search here asks for it: none may wait for a line that is no more. */
    async country(): Promise<string> {
      const info = (await kept()) ?? (isOnline() ? await askWithin(null) : null);
      return info?.country ?? '';
    },
  };
}

export type CentralInfo = ReturnType<typeof createCentralInfo>;
