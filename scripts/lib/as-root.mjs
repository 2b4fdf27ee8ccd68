// Started as root, central runs PostgreSQL as the user postgres, who can't get into a folder that is closed to others, such
// as root's own home. Linux lets root pass on the one right that is missing: to look into folders.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Refusal } from './log.mjs';
import { modules } from './paths.mjs';
import { program } from './programs.mjs';

/** The bits of /proc/self/status for the two rights that open a closed folder; the narrower first. */
const rights = [
  { name: 'dac_read_search', bit: 2n },
  { name: 'dac_override', bit: 1n },
];

/** What to put before central's command so that its PostgreSQL can read the checkout and its data: usually nothing. */
export function openClosedFolders(data) {
  if (process.getuid?.() !== 0) return [];
  const closed = [data, modules].map(closedFolder).find(Boolean);
  if (!closed) return [];
  const setpriv = program('setpriv');
  const right = rights.find(({ bit }) => ownRights() & (1n << bit));
  if (!setpriv || !right) {
    throw new Refusal(
      `As root, the database runs as the user postgres, who can't get into ${closed}.\n` +
        'Start Comptoir as another user, or move it to a folder that others may pass through.',
    );
  }
  const passOn = [`--inh-caps=+${right.name}`, `--ambient-caps=+${right.name}`];
  return [setpriv, '--securebits=+no_setuid_fixup', ...passOn, '--'];
}

/** The nearest folder on the way to `place` that other users may not pass through, or nothing. */
function closedFolder(place) {
  for (let folder = path.resolve(place); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return folder;
  }
  return undefined;
}

function ownRights() {
  try {
    return BigInt(`0x${/CapEff:\s*([0-9a-f]+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]}`);
  } catch {
    return 0n;
  }
}
