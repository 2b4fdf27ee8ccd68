// Ports that people type into their other programs: stepped over when taken, and named.
import { createServer } from 'node:net';

export const centralPort = 4040;

/** Whether a TCP port of this machine can be listened on now. */
export function portIsFree(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** "port 4040 is taken: central uses 4041", or nothing when the wanted port was given. */
export function steppedOver(wanted, url, who) {
  const given = Number(new URL(url).port);
  return given === wanted ? undefined : `port ${wanted} is taken: ${who} uses ${given}`;
}
