// Finding programs of the machine.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const systemFolders = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

/** The full path of a program in PATH or the system folders, or nothing. */
export function program(name) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean), ...systemFolders];
  return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
