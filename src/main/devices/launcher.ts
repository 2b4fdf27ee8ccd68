import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A running drivers' process. */
export interface DriverProcess {
  readonly pid?: number | undefined;
  send(message: unknown): void;
  /** Ends it at once, whatever it is doing. */
  kill(): void;
}

export interface DriverProcessListener {
  message(data: unknown): void;
  /** Called once, when the process has ended; `detail` says how. */
  exited(detail: string): void;
  /** Text that the process wrote on its error output. */
  complained(text: string): void;
}

/** Starts the drivers' process. The Electron shell brings its own, over a utility process. */
export type DriverLauncher = (listener: DriverProcessListener) => DriverProcess;

/** Starts the drivers with this Node; `worker` is the address of `worker.ts` or of its bundle. */
export function forkDrivers(worker: URL): DriverLauncher {
  return (listener) => {
    // The host's own Node options (an inspector's port, a test runner's loader) are not for this process.
    const child: ChildProcess = fork(fileURLToPath(worker), [], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let isOver = false;
    const exited = (detail: string) => {
      if (isOver) return;
      isOver = true;
      listener.exited(detail);
    };
    child.on('message', (data) => listener.message(data));
    child.on('exit', (code, signal) => exited(signal ?? `exit code ${code}`));
    child.on('error', (error) => exited(error.message));
    child.stderr?.on('data', (chunk: Buffer) => listener.complained(chunk.toString('utf8').slice(0, 2_000)));
    return {
      pid: child.pid,
      send: (message) => {
        if (child.connected) child.send(message as object, () => undefined);
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
