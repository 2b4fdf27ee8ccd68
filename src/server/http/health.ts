import type { FastifyInstance } from 'fastify';

/** Says why a part can't work now; null when it can. */
export type HealthCheck = () => Promise<string | null>;

const CHECK_MS = 2_000;

/** /health/live answers while the process does; /health/ready tells, by part, why it can't serve. */
export function mountHealth(app: FastifyInstance, checks: Readonly<Record<string, HealthCheck>>, closing: AbortSignal) {
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', async (_request, reply) => {
    const names = Object.keys(checks);
    const reasons = closing.aborted
      ? ['stopping']
      : (await Promise.all(names.map((name) => checkOne(name, checks)))).filter((reason) => reason !== null);
    if (reasons.length === 0) return { status: 'ok' };
    return reply.status(503).send({ status: 'unavailable', reason: reasons.join('; ') });
  });
}

async function checkOne(name: string, checks: Readonly<Record<string, HealthCheck>>): Promise<string | null> {
  const late = new Promise<string>((resolve) => setTimeout(resolve, CHECK_MS, 'does not answer').unref());
  const reason = await Promise.race([checks[name]?.() ?? null, late]).catch(() => 'failed');
  return reason === null ? null : `${name}: ${reason}`;
}
