import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';

/** A function that makes empty folders; each is removed after the test that made it. */
export function testFolders(): () => string {
  const made: string[] = [];
  afterEach(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'comptoir-desk-'));
    made.push(folder);
    return folder;
  };
}
