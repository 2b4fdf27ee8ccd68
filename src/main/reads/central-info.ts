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
/** A line that takes longer is not waited for when the answer of before will do. */
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
  const get = async (): Promise<Info> => {
    const before = await kept();
    if (before === undefined) return ask();
    if (!isOnline()) return before;
    let timer: NodeJS.Timeout | undefined;
    const inTime = new Promise<Info>((resolve) => {
      timer = setTimeout(resolve, WITHIN_MS, before);
    });
    const answer = ask().catch(() => before);
    return Promise.race([answer, inTime]).finally(() => clearTimeout(timer));
  };
  return {
    get,
    /** The operator's country; '' while it is not known. */
    async country(): Promise<string> {
      return ((await kept()) ?? (await ask().catch(() => null)))?.country ?? '';
    },
  };
}

export type CentralInfo = ReturnType<typeof createCentralInfo>;
