const seconds = 1000;

/** How long random work goes on: COMPTOIR_FAULT_MINUTES, else a minute in all, so that the whole suite stays within 8. */
export const WORK_MS = Number(process.env.COMPTOIR_FAULT_MINUTES || 1) * 60 * seconds;

/** COMPTOIR_FAULT_SEED repeats a failure; else another every time, said at the start. */
export const SEED = Number(process.env.COMPTOIR_FAULT_SEED || Date.now() % 1_000_000_000);

/** A desk of which nothing has moved for so long never will heal. */
export const HEAL_MS = 180 * seconds;

/** How many desks each of the three stores has: COMPTOIR_FAULT_DESKS, fewer on a machine that has other work. */
export const DESKS = Number(process.env.COMPTOIR_FAULT_DESKS || 4);
