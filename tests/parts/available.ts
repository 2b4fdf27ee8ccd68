import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Whether this machine has a real part that a test needs; `reason` says what is missing, and is empty when nothing is. */
export interface Part {
  readonly available: boolean;
  readonly reason: string;
}

const extraFolders = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

/** The full path of a program found in PATH or the system folders; null when there is none. */
export function programPath(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...extraFolders].filter((f) => f !== '');
  const candidates = folders.map((folder) => path.join(folder, name));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A part with its reason for being missing, or none. */
export function part(...missing: readonly (string | null)[]): Part {
  const reasons = missing.filter((reason) => reason !== null);
  return { available: reasons.length === 0, reason: reasons.join('; ') };
}

const needsProgram = (name: string): string | null =>
  programPath(name) === null ? `the program ${name} is not installed` : null;

export const VPCD_DRIVER = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';
const PCSCD_SOCKET = '/run/pcscd/pcscd.comm';

function needsPcscd(): string | null {
  if (existsSync(PCSCD_SOCKET)) return null;
  if (programPath('pcscd') === null) return 'the program pcscd is not installed';
  return process.getuid?.() === 0 ? null : 'pcscd is not running and only root may start it';
}

/** The first Chromium-like browser: COMPTOIR_CHROMIUM, then the usual names; null when there is none. */
export function chromiumPath(): string | null {
  const named = process.env.COMPTOIR_CHROMIUM;
  if (named) return isExecutable(named) ? named : null;
  return ['chromium', 'chromium-browser', 'google-chrome', 'microsoft-edge'].map(programPath).find((p) => p) ?? null;
}

/** A real Electron: COMPTOIR_ELECTRON, else the runtime that the electron package downloaded; null when there is none. */
export function electronPath(): string | null {
  const named = process.env.COMPTOIR_ELECTRON;
  if (named) return isExecutable(named) ? named : null;
  const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const programs = ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron'];
  return programs.map((name) => path.join(folder, 'dist', name)).find(isExecutable) ?? null;
}

/** Electron needs a display on Linux. */
function needsDisplay(): string | null {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return null;
  return programPath('Xvfb') === null ? 'there is no display and no Xvfb' : null;
}

function needsLoopbackPty(): string | null {
  const socat = programPath('socat');
  if (socat === null) return 'the program socat is not installed';
  return spawnSync(socat, ['-V']).status === 0 ? null : 'socat does not run';
}

export const socat: Part = part(needsLoopbackPty());
export const pcscd: Part = part(
  needsPcscd(),
  existsSync(VPCD_DRIVER) ? null : 'the virtual reader vsmartcard-vpcd is not installed',
);
export const osmoHlr: Part = part(needsProgram('osmo-hlr'));
export const chromium: Part = part(chromiumPath() === null ? 'no Chromium, Chrome or Edge was found' : null);
export const electron: Part = part(electronPath() === null ? 'no Electron runtime was found' : null, needsDisplay());
