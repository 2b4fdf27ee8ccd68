import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Part, part } from './available.ts';

const mounted = (folder: string, sizeKib: number) =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeKib}k`, 'tmpfs', folder], { stdio: 'ignore' }).status === 0;
const unmounted = (folder: string) => spawnSync('umount', [folder], { stdio: 'ignore' }).status === 0;

function needsMounting(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux may mount a small disk';
  const folder = mkdtempSync(path.join(os.tmpdir(), 'comptoir-disk-'));
  try {
    return mounted(folder, 64) && unmounted(folder) ? null : 'this container may not mount a disk';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const smallDisk: Part = part(needsMounting());

/** A disk of its own that is really full once it is: the system says so, not a setting of the database. */
export function mountSmallDisk(sizeKib: number) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'comptoir-disk-'));
  if (!mounted(folder, sizeKib)) throw new Error('the disk could not be mounted');
  const desk = path.join(folder, 'desk');
  mkdirSync(desk);
  const ballast = path.join(folder, 'ballast');
  return {
    folder: desk,
    /** Takes so much, or every byte that is left. */
    fill(kib = Number.POSITIVE_INFINITY) {
      const file = openSync(ballast, 'a');
      const block = Buffer.alloc(512, 1);
      try {
        for (let taken = 0; taken < kib * 1024; taken += block.length) writeSync(file, block);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        closeSync(file);
      }
    },
    /** Somebody deletes something. */
    makeRoom: () => rmSync(ballast, { force: true }),
    unmount() {
      // What a failed test left open keeps it busy; it goes with the last of them.
      if (!unmounted(folder)) spawnSync('umount', ['-l', folder], { stdio: 'ignore' });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
