import { pathToFileURL } from 'node:url';
import { RPCHandler } from '@orpc/server/message-port';
import { app, type MessagePortMain } from 'electron';
import { readConfig } from '../../config.ts';
import { createHost } from '../../host.ts';
import { createLog } from '../../log.ts';
import { takeDataLock } from '../single-instance.ts';
import { savedLanguage, shellTexts, startFailureText } from '../texts.ts';
import { launchDrivers } from './drivers.ts';
import { createPortalShell } from './portal-view.ts';
import { stopBeforeQuit } from './quit.ts';
import { createShellSecrets } from './secrets.ts';

/** Starts the host; gives what answers on a window's port. Throws, in words for staff, when the desk can't open. */
export async function startDesk(
  programs: { readonly drivers: string; readonly directory: string },
  usualDataDir: string,
): Promise<(port: MessagePortMain) => void> {
  const config = readConfig(process.env, usualDataDir);
  const log = createLog(config.logLevel);
  const lock = takeDataLock(config.dataDir);
  if (lock === null) throw new Error(`${shellTexts(savedLanguage(config.dataDir)).otherDesk}\n\n${config.dataDir}`);
  const host = await createHost({
    dataDir: config.dataDir,
    centralUrl: config.centralUrl,
    capabilities: { shell: 'electron', version: app.getVersion(), platform: process.platform, print: false },
    secrets: createShellSecrets(config.dataDir, log),
    drivers: launchDrivers(programs.drivers),
    directory: pathToFileURL(programs.directory),
    log,
    invitation: config.invitation,
    portal: createPortalShell(log),
  }).catch((error: unknown) => {
    const text = startFailureText(error, config.dataDir);
    throw text === null ? error : new Error(text);
  });
  stopBeforeQuit(host, lock, log);
  await host.start();
  const handler = new RPCHandler(host.router);
  return (port) => {
    handler.upgrade(port, { context: {} });
    port.start();
  };
}
