import { pathToFileURL } from 'node:url';
import { RPCHandler } from '@orpc/server/message-port';
import { app, BrowserWindow, type MessagePortMain } from 'electron';
import { readConfig } from '../../config.ts';
import { createHost, type Host } from '../../host.ts';
import { createLog, type Log } from '../../log.ts';
import { takeDataLock } from '../single-instance.ts';
import { launchDrivers } from './drivers.ts';
import { createShellSecrets } from './secrets.ts';

/** Starts the host; gives what answers on a window's port. Throws, in words for staff, when the desk can't open. */
export async function startDesk(
  programs: { readonly drivers: string; readonly directory: string },
  usualDataDir: string,
): Promise<(port: MessagePortMain) => void> {
  const config = readConfig(process.env, usualDataDir);
  const log = createLog(config.logLevel);
  const lock = takeDataLock(config.dataDir);
  if (lock === null) throw new Error(`Another desk is open on ${config.dataDir}. Close it first.`);
  const host = await createHost({
    dataDir: config.dataDir,
    centralUrl: config.centralUrl,
    capabilities: { shell: 'electron', version: app.getVersion(), platform: process.platform, print: false },
    secrets: createShellSecrets(config.dataDir, log),
    drivers: launchDrivers(programs.drivers),
    directory: pathToFileURL(programs.directory),
    log,
    invitation: config.invitation,
  });
  stopBeforeQuit(host, lock, log);
  await host.start();
  const handler = new RPCHandler(host.router);
  return (port) => {
    handler.upgrade(port, { context: {} });
    port.start();
  };
}

/** Quitting waits until everything is closed. */
function stopBeforeQuit(host: Host, lock: { release(): void }, log: Log): void {
  let stopping = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    // Closing windows keeps their bounds.
    for (const window of BrowserWindow.getAllWindows()) window.close();
    host
      .stop()
      .catch((error: unknown) => log.error({ err: error }, 'the desk did not stop cleanly'))
      .finally(() => {
        lock.release();
        app.exit(0);
      });
  });
}
