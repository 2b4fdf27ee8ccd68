import { utilityProcess } from 'electron';
import type { DriverLauncher } from '../../devices/launcher.ts';

/** Starts the device drivers as a utility process: a packaged app has no plain Node to fork. */
export function launchDrivers(program: string): DriverLauncher {
  return (listener) => {
    const child = utilityProcess.fork(program, [], {
      serviceName: 'Comptoir devices',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.on('message', (data: unknown) => listener.message(data));
    child.on('exit', (code) => listener.exited(`exit code ${code}`));
    child.stderr?.on('data', (chunk: Buffer) => listener.complained(chunk.toString('utf8').slice(0, 2_000)));
    return {
      pid: child.pid,
      send: (message) => child.postMessage(message),
      kill: () => void child.kill(),
    };
  };
}
