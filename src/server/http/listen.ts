import type { FastifyInstance } from 'fastify';
import { ConfigError, DEFAULT_PORT } from '../config.ts';

const STEPS = 50;

export interface Listening {
  readonly port: number;
  readonly url: string;
  /** The default port when it was taken and stepped over. */
  readonly steppedOver: number | null;
}

/** Listens on the port given, else on the default one or the next that is free. Throws ConfigError when a given one is taken. */
export async function listen(app: FastifyInstance, host: string, port: number | undefined): Promise<Listening> {
  if (port !== undefined) {
    if (await tryPort(app, host, port)) return listening(app, host, null);
    throw new ConfigError(`Port ${port} on ${host} is taken. Stop what uses it, or set PORT to another one.`);
  }
  for (let candidate = DEFAULT_PORT; candidate < DEFAULT_PORT + STEPS; candidate++) {
    if (!(await tryPort(app, host, candidate))) continue;
    return listening(app, host, candidate === DEFAULT_PORT ? null : DEFAULT_PORT);
  }
  throw new ConfigError(`Ports ${DEFAULT_PORT} to ${DEFAULT_PORT + STEPS - 1} on ${host} are all taken. Set PORT.`);
}

async function tryPort(app: FastifyInstance, host: string, port: number): Promise<boolean> {
  try {
    await app.listen({ host, port });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false;
    throw error;
  }
}

function listening(app: FastifyInstance, host: string, steppedOver: number | null): Listening {
  const address = app.server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const isAny = host === '0.0.0.0' || host === '::';
  const name = isAny ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return { port, url: `http://${name}:${port}`, steppedOver };
}
