const seconds = 1000;

/** How long random work goes on: COMPTOIR_FAULT_MINUTES, else 1.5 minutes in all, so that the whole suite stays within 8. */
export const WORK_MS = Number(process.env.COMPTOIR_FAULT_MINUTES || 1.5) * 60 * seconds;

/** COMPTOIR_FAULT_SEED repeats a failure; else another every time, said at the start. */
export const SEED = Number(process.env.COMPTOIR_FAULT_SEED || Date.now() % 1_000_000_000);

/** A fleet that has not come to rest by then never will. */
export const HEAL_MS = 300 * seconds;
