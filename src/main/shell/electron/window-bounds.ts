import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BrowserWindow, screen } from 'electron';
import { z } from 'zod';

const boundsSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(800),
  height: z.int().min(600),
  maximized: z.boolean(),
});
export type WindowBounds = z.infer<typeof boundsSchema>;

const fileIn = (dataDir: string) => path.join(dataDir, 'window.json');

/** Where the window was last; null when it never was, or when that place is on no screen any more. */
export function readBounds(dataDir: string): WindowBounds | null {
  try {
    const bounds = boundsSchema.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
    const { workArea } = screen.getDisplayMatching(bounds);
    const isInSight = bounds.x < workArea.x + workArea.width && bounds.x + bounds.width > workArea.x;
    return isInSight && bounds.y >= workArea.y - 10 && bounds.y < workArea.y + workArea.height ? bounds : null;
  } catch {
    return null;
  }
}

/** Remembers the window's place when it closes. Not worth an error: it opens elsewhere then. */
export function keepBounds(window: BrowserWindow, dataDir: string): void {
  window.on('close', () => {
    const bounds: WindowBounds = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      writeFileSync(fileIn(dataDir), JSON.stringify(bounds));
    } catch {
      // The folder is full or gone; the desk has more to say about that than where its window was.
    }
  });
}
