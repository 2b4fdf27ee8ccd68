import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BrowserWindow, screen } from 'electron';

export interface WindowBounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

/** Read by hand: a schema's library would be read before the window could open. */
function isBounds(value: unknown): value is WindowBounds {
  const { x, y, width, height, maximized } = (value ?? {}) as Record<string, unknown>;
  const areWhole = [x, y, width, height].every((number) => Number.isInteger(number));
  return areWhole && Number(width) >= 800 && Number(height) >= 600 && typeof maximized === 'boolean';
}

const fileIn = (dataDir: string) => path.join(dataDir, 'window.json');

/** Where the window was last; null when it never was, or when that place is on no screen any more. */
export function readBounds(dataDir: string): WindowBounds | null {
  try {
    const bounds: unknown = JSON.parse(readFileSync(fileIn(dataDir), 'utf8'));
    if (!isBounds(bounds)) return null;
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
