import { existsSync } from 'node:fs';
import { chmod, copyFile, link, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** A program that opens a window. */
export interface WindowProgram {
  readonly program: string;
  readonly args: readonly string[];
}

const root = path.resolve(import.meta.dirname, '../..');

const emptyApp = {
  'package.json': JSON.stringify({ name: 'empty', version: '1.0.0', main: 'main.cjs' }),
  'index.html': '<!doctype html><title>Empty</title>',
  'main.cjs': `
const { app, BrowserWindow } = require('electron');
app.setPath('userData', process.env.COMPTOIR_DATA_DIR);
app.enableSandbox();
app.on('window-all-closed', () => app.quit());
app.whenReady().then(() => new BrowserWindow({ width: 1366, height: 900 }).loadFile('index.html'));
`,
};

/** Where a wrapped runtime is that has an app inside; null for a bare runtime, which is told its app. */
function packagedRuntime(program: string): string | null {
  const runtime = path.join(path.dirname(program), 'dist');
  return existsSync(path.join(runtime, 'resources', 'app')) ? runtime : null;
}

/** How a runtime opens the desk. */
export function deskProgram(program: string): WindowProgram {
  return { program, args: packagedRuntime(program) === null ? [root] : [] };
}

/** How the same runtime, started in the same way, opens an empty window; its files go to `folder`. */
export async function emptyProgram(program: string, folder: string): Promise<WindowProgram> {
  const runtime = packagedRuntime(program);
  if (runtime === null) return { program, args: [await writeEmptyApp(path.join(folder, 'app'))] };
  const twin = path.join(folder, 'dist');
  await mkdir(path.join(twin, 'resources'), { recursive: true });
  for (const name of await readdir(runtime)) {
    // The program finds its resources beside itself, so it must not be a symbolic link.
    if (name === 'electron') await linkOrCopy(path.join(runtime, name), path.join(twin, name));
    else if (name !== 'resources') await symlink(path.join(runtime, name), path.join(twin, name));
  }
  await writeEmptyApp(path.join(twin, 'resources', 'app'));
  const wrapper = path.join(folder, path.basename(program));
  await copyFile(program, wrapper);
  return { program: wrapper, args: [] };
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}

async function writeEmptyApp(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(emptyApp)) await writeFile(path.join(folder, name), content);
  return folder;
}

/** A folder that every user can write to: the runtime may run as another, so that its sandbox stays on. */
export async function sharedFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'comptoir-bench-'));
  await chmod(folder, 0o777);
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
