// The data folder: where central's database, the desk's store, mail and logs live.
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Refusal } from './log.mjs';
import { root } from './paths.mjs';

const how = 'Start Comptoir as its owner, or set COMPTOIR_DATA_DIR to a folder of your own.';

/** The data folder, made when missing. Refuses, in words, a folder that this user can't write or that another user owns. */
export function dataFolder() {
  const folder = path.resolve(process.env.COMPTOIR_DATA_DIR || path.join(root, '.data'));
  try {
    // Others may pass through: started as root, the database runs as a user of its own below this folder.
    mkdirSync(folder, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw new Refusal(`The data folder ${folder} can't be made (${error.code}).\n${how}`);
  }
  const { uid } = statSync(folder);
  if (process.getuid && uid !== process.getuid()) {
    throw new Refusal(
      `The data folder ${folder} belongs to another user (uid ${uid}, you are ${process.getuid()}).\n${how}`,
    );
  }
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch {
    throw new Refusal(`The data folder ${folder} can't be written.\n${how}`);
  }
  return folder;
}
