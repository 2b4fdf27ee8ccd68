import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ensureBuilt } from '../../../scripts/lib/build.mjs';
import { unsentText } from '../../../src/main/shell/texts.ts';
import { SALES, startEnrolledDesk, untilOffline } from '../../desk/enrolled-desk.ts';
import { electron, electronPath } from '../../parts/available.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { startGateway } from '../../parts/gateway.ts';
import { waitUntil } from '../../parts/wait.ts';
import { launchElectron } from '../launch-electron.ts';

const root = path.resolve(import.meta.dirname, '../../..');
/** Nothing listens there: what is unsent stays so. */
const NOWHERE = 'http://127.0.0.1:9';

function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'comptoir-e2e-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** The runtime may run as another user, so that its sandbox stays on. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o777);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) openToAll(file);
    else if (entry.isFile()) chmodSync(file, 0o666);
  }
}

const environment = (folder: string) => ({
  ...(process.env as Record<string, string>),
  COMPTOIR_DATA_DIR: folder,
  COMPTOIR_CENTRAL_URL: NOWHERE,
  COMPTOIR_LOG_LEVEL: 'warn',
});

async function open(folder: string): Promise<ElectronApplication> {
  openToAll(folder);
  const app = await launchElectron(environment(folder));
  const child = app.process();
  onTestFinished(() => void child.kill('SIGKILL'));
  // The sign-in, or the page of who is still signed in: both come from the host.
  await (await app.firstWindow()).locator('input, main#content h1').first().waitFor();
  return app;
}

/** The same program once more, by hand. */
function openBeside(folder: string) {
  const child = spawn(electronPath() ?? '', [root], {
    env: environment(folder),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  // The runtime may have been started by another program that stands for it.
  onTestFinished(() => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += String(chunk)));
  return { child, said: () => said };
}

/** Answers every question of the shell with the button of this number, and keeps what was asked. */
function answerWith(app: ElectronApplication, button: number) {
  return app.evaluate(({ dialog }, response) => {
    const asked: string[] = [];
    Reflect.set(globalThis, 'asked', asked);
    dialog.showMessageBox = async (...args: unknown[]) => {
      asked.push((args.at(-1) as { message: string }).message);
      return { response, checkboxChecked: false };
    };
  }, button);
}

const asked = (app: ElectronApplication) => app.evaluate(() => Reflect.get(globalThis, 'asked') as string[]);
const windows = (app: ElectronApplication) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

describe.skipIf(!electron.available)(
  `quitting Electron${electron.reason && ` [needs Electron: ${electron.reason}]`}`,
  () => {
    let central: TestCentral;
    beforeAll(async () => {
      await ensureBuilt();
      central = await startTestCentral();
    });
    afterAll(() => central.stop());

    /** A folder whose desk has one customer that head office has not heard of. */
    async function unsentWork(): Promise<string> {
      const folder = newFolder();
      const gateway = await startGateway(central.url);
      onTestFinished(() => gateway.close());
      const desk = await startEnrolledDesk({ dataDir: path.join(folder, 'desk'), centralUrl: gateway.url });
      await desk.signIn(SALES);
      gateway.cut();
      await untilOffline(desk);
      await desk.desk.customers.create({ name: 'Ana', type: 'individual' });
      await desk.stop();
      return folder;
    }

    it('with unsent work asks first: who stays has the window still, who quits leaves', async () => {
      const app = await open(await unsentWork());
      const exited = once(app.process(), 'exit');
      await answerWith(app, 1);
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
      await waitUntil(async () => (await asked(app)).length === 1, 'the question');
      expect(await asked(app)).toEqual([unsentText('en', 1)]);
      expect(await windows(app)).toBe(1);
      await answerWith(app, 0);
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
      expect((await exited)[0]).toBe(0);
    });

    it('by a signal asks nobody: what is unsent is kept, and the machine is not kept waiting', async () => {
      const app = await open(await unsentWork());
      const exited = once(app.process(), 'exit');
      await answerWith(app, 1);
      const pid = await app.evaluate(() => process.pid);
      process.kill(pid, 'SIGTERM');
      expect((await exited)[0]).toBe(0);
    });

    it('with nothing unsent asks nothing', async () => {
      const app = await open(newFolder());
      const exited = once(app.process(), 'exit');
      await answerWith(app, 1);
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
      expect((await exited)[0]).toBe(0);
    });

    it('a second start gives way to the first', async () => {
      const folder = newFolder();
      const app = await open(folder);
      await app.evaluate(({ app: self }) => {
        self.once('second-instance', () => Reflect.set(globalThis, 'secondStart', true));
      });
      const second = openBeside(folder);
      expect((await once(second.child, 'exit'))[0]).toBe(0);
      await waitUntil(() => app.evaluate(() => Reflect.get(globalThis, 'secondStart')), 'the first to hear of it');
      expect(await windows(app)).toBe(1);
    });

    it('data of a newer version is refused in words', async () => {
      const folder = await unsentWork();
      const database = new Database(path.join(folder, 'desk/desk.sqlite'));
      database.prepare('insert into kysely_migration (name, timestamp) values (?, ?)').run('9999-later', '2030');
      database.close();
      openToAll(folder);
      const refused = openBeside(folder);
      // The words are in a dialogue, which waits for a person, and on the terminal.
      await waitUntil(() => refused.said().includes('newer version of Comptoir'), 'the refusal');
      expect(refused.said()).toContain('9999-later');
    });
  },
);
