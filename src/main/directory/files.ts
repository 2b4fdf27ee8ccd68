import { existsSync } from 'node:fs';
import path from 'node:path';
import { isDamage, removeDatabase, replaceDatabase, setAside } from './damage.ts';
import { type DirectoryFile, DirectoryFromTheFuture, openDirectoryFile } from './directory-file.ts';
import { DIRECTORY_FILE } from './open.ts';

/** The one that is being pulled beside the one that is read, when central no longer knows the cursor. */
export const NEXT_FILE = 'directory.next.sqlite';

export interface FilesOptions {
  readonly folder: string;
  readonly maxPages?: number | undefined;
  /** Tells the readers to close the file that is read, and waits until they have. */
  readonly release: () => Promise<void>;
  readonly told: (file: string, at: Date, why: string) => void;
}

/** The directory's files on the disk: the one that is read, and at times the one that will take its place. */
export interface DirectoryFiles {
  /** The one that is pulled into. */
  target(): DirectoryFile;
  /** Whether the one that is read is another than the target. */
  isBeside(): boolean;
  /** Opens what is there for this owner (a desk in its store); what is not for it, not sound or newer is put away. */
  open(owner: string): Promise<void>;
  /** From the first row again: beside what is read when that is whole, else in its place. */
  startAnew(): Promise<void>;
  /** The target is whole: it takes the place of the one that is read. */
  swap(): Promise<void>;
  /** What is read is damaged: it goes out of the way, and an empty one takes its place. */
  discardDamaged(why: string): Promise<void>;
  close(): void;
}

export function createFiles({ folder, maxPages, release, told }: FilesOptions): DirectoryFiles {
  let current: DirectoryFile | null = null;
  let next: DirectoryFile | null = null;
  let owner = '';

  const isThere = (file: string) => existsSync(path.join(folder, file));
  const ownedFile = async (file: string): Promise<DirectoryFile> => {
    const opened = await openDirectoryFile(folder, file, { maxPages });
    if (opened.meta.owner() === null) opened.meta.own(owner);
    return opened;
  };
  /** A damaged one is moved away and told of; a newer one, which can be pulled again, too. */
  const soundFile = async (file: string): Promise<DirectoryFile> => {
    try {
      const opened = await ownedFile(file);
      if (opened.meta.owner() === owner) return opened;
      opened.close();
      removeDatabase(folder, file);
    } catch (error) {
      if (!isDamage(error) && !(error instanceof DirectoryFromTheFuture)) throw error;
      const at = new Date();
      told(setAside(folder, file, at), at, String(error));
    }
    return ownedFile(file);
  };
  const closeAll = () => {
    for (const file of [current, next]) closeQuietly(file);
    current = null;
    next = null;
  };

  return {
    target() {
      const file = next ?? current;
      if (file === null) throw new Error('the directory is not open');
      return file;
    },
    isBeside: () => next !== null,
    async open(newOwner) {
      await release();
      closeAll();
      owner = newOwner;
      // Interrupted in the middle of a swap.
      if (!isThere(DIRECTORY_FILE) && isThere(NEXT_FILE)) replaceDatabase(folder, DIRECTORY_FILE, NEXT_FILE);
      current = await soundFile(DIRECTORY_FILE);
      if (isThere(NEXT_FILE)) next = await soundFile(NEXT_FILE);
    },
    async startAnew() {
      if (next !== null) {
        closeQuietly(next);
        next = null;
        removeDatabase(folder, NEXT_FILE);
      } else if (!current?.meta.isWhole()) {
        await release();
        closeAll();
        removeDatabase(folder, DIRECTORY_FILE);
        current = await ownedFile(DIRECTORY_FILE);
        return;
      }
      next = await ownedFile(NEXT_FILE);
    },
    async swap() {
      await release();
      closeAll();
      replaceDatabase(folder, DIRECTORY_FILE, NEXT_FILE);
      current = await ownedFile(DIRECTORY_FILE);
    },
    async discardDamaged(why) {
      await release();
      closeAll();
      const at = new Date();
      told(setAside(folder, DIRECTORY_FILE, at), at, why);
      removeDatabase(folder, NEXT_FILE);
      current = await ownedFile(DIRECTORY_FILE);
    },
    close: closeAll,
  };
}

/** One that is damaged may refuse even that. */
function closeQuietly(file: DirectoryFile | null): void {
  try {
    file?.close();
  } catch {
    // Nothing of it is needed any more.
  }
}
