// The invitation by which the desk of `npm start` enrols by itself at the central of `npm start`.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The invitation of a data folder: made once, readable by its owner alone. */
export function invitationOf(data) {
  const file = path.join(data, 'central', 'invitation');
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (kept.length >= 32) return kept;
  const invitation = randomBytes(32).toString('base64url');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${invitation}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return invitation;
}
