import type { ScanMatch } from '#core/contract/desk/events.ts';
import type { Scan } from '#core/scan/schema.ts';
import type { Events } from '../events.ts';
import { type ResolveOptions, resolveScan } from './resolve.ts';

interface ScansOptions extends ResolveOptions {
  readonly events: Events;
  readonly isSignedIn: () => boolean;
}

export interface Scans {
  /** A scan of any device: what it leads to is found and announced. While nobody is signed in it is dropped. */
  take(scan: Scan): Promise<void>;
  resolve(text: string): Promise<ScanMatch>;
}

/** The one stream of scans from every source. */
export function createScans(options: ScansOptions): Scans {
  return {
    async take(scan) {
      if (!options.isSignedIn()) return;
      const match = await resolveScan(scan.text, options);
      options.events.publish({ type: 'scan', scan, match });
    },
    resolve: (text) => resolveScan(text, options),
  };
}
