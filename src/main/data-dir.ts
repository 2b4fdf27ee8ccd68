import { homedir } from 'node:os';
import path from 'node:path';

/** The desk's own folder: `desk` in COMPTOIR_DATA_DIR, else in `defaultDataDir`. Needs no library, so that a window can open first. */
export function deskFolder(
  environment: Record<string, string | undefined>,
  defaultDataDir = path.join(homedir(), '.comptoir'),
): string {
  return path.resolve(environment.COMPTOIR_DATA_DIR || defaultDataDir, 'desk');
}
