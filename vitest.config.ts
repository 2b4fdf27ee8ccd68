import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const seconds = 1000;
const root = import.meta.dirname;

/** Starts one PostgreSQL for the whole run; a project that needs none does not wait for it. */
const postgres = path.join(root, 'tests/parts/postgres-global.ts');

interface Kind {
  name: string;
  /** Its folder in `tests`, when that is not its name. A folder of its own is left out of the one around it. */
  of?: string;
  /** A worker reads all modules anew for each file: for files that take central down under way, with what it keeps in them. */
  isolated?: boolean;
  /** Projects of one order run side by side; the next order waits for them. */
  order: number;
  timeout: number;
  /**
   * How many files at once, made for two cores. Tests wait for processes, kills and clocks for a fifth of their time, so
   * three keep both busy; one where a file takes the whole machine: a browser, a device daemon, the real launcher.
   */
  workers: 1 | 3;
  database: boolean;
  /** Where daemons, browsers and devices of a shared machine take part, CI tries a failed test once more, and says so. */
  retry?: number;
}

const oneRetry = process.env.CI ? 1 : 0;

// Timeouts are there to end a hang, not to judge speed: a shared build machine can be ten times slower than a laptop.
const kinds: Kind[] = [
  { name: 'lint', order: 0, timeout: 120 * seconds, workers: 3, database: false },
  { name: 'core', order: 0, timeout: 60 * seconds, workers: 3, database: false },
  { name: 'renderer', order: 0, timeout: 60 * seconds, workers: 3, database: false },
  { name: 'portal', order: 0, timeout: 60 * seconds, workers: 3, database: false },
  { name: 'server', order: 0, timeout: 120 * seconds, workers: 3, database: true, retry: oneRetry },
  {
    ...{ name: 'provisioning', of: 'server/provisioning', isolated: true },
    ...{ order: 0, timeout: 120 * seconds, workers: 3, database: true, retry: oneRetry },
  },
  { name: 'desk', order: 0, timeout: 120 * seconds, workers: 3, database: true, retry: oneRetry },
  { name: 'e2e', order: 1, timeout: 240 * seconds, workers: 1, database: true, retry: oneRetry },
  // Its own minutes are set by COMPTOIR_FAULT_MINUTES.
  { name: 'faults', order: 1, timeout: 20 * 60 * seconds, workers: 1, database: true },
  { name: 'launch', order: 2, timeout: 300 * seconds, workers: 1, database: false, retry: oneRetry },
];

function projectOf(kind: Kind): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name: kind.name,
      include: [`tests/${kind.of ?? kind.name}/**/*.test.{ts,tsx}`],
      exclude: kinds.flatMap(({ of }) => (of?.startsWith(`${kind.name}/`) ? [`tests/${of}/**`] : [])),
      environment: 'node',
      pool: 'forks',
      // Else a worker keeps the modules that it has loaded: reading central anew for every file took half the time.
      isolate: kind.isolated ?? kind.workers === 1,
      testTimeout: kind.timeout,
      hookTimeout: kind.timeout,
      // A condition that is waited for may come late on a stolen CPU; one second, the default, judges speed.
      expect: { poll: { timeout: 20 * seconds } },
      retry: kind.retry ?? 0,
      fileParallelism: kind.workers > 1,
      maxWorkers: kind.workers,
      sequence: { groupOrder: kind.order },
      globalSetup: kind.database && existsSync(postgres) ? [postgres] : [],
    },
  };
}

export default defineConfig({
  root,
  test: { projects: kinds.map(projectOf), passWithNoTests: false, teardownTimeout: 30 * seconds },
});
