import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ActionContext, type Connector, defineAction } from '../../../src/server/connectors/action.ts';
import { refused } from '../../../src/server/connectors/failure.ts';
import type { Fault } from '../../../src/server/connectors/faults.ts';
import { hlrConnector } from '../../../src/server/connectors/hlr/index.ts';
import { httpConnector } from '../../../src/server/connectors/http/index.ts';
import { createConnectors } from '../../../src/server/connectors/registry.ts';
import { osmocomHlr } from '../../../src/server/hlr/osmocom.ts';

function context(signal = AbortSignal.timeout(20_000)): ActionContext {
  return { key: 'job-1-task-0', signal, log: () => undefined } as unknown as ActionContext;
}

/** A connector that counts what it did and undid. */
function counting() {
  const count = { done: 0, undone: 0 };
  const add = defineAction(
    z.strictObject({ by: z.int().default(1) }),
    async (_, { by }) => {
      count.done += by;
      return { total: count.done };
    },
    async () => {
      count.undone += 1;
    },
  );
  const say = defineAction(z.strictObject({}), async () => {
    throw refused('no', { why: 'because' });
  });
  const connector: Connector = {
    name: 'test',
    target: 'embedded',
    outside: true,
    check: async () => undefined,
    actions: { add, say },
  };
  return { count, connector };
}

const none = async () => null;
const only = (fault: Partial<Fault>) => async () => ({ error: null, delaySeconds: 0, ...fault });

test('an action gets its arguments with their defaults, and gives its answer', async () => {
  const { connector } = counting();
  expect(await createConnectors([connector], none).run('test.add', context(), {})).toEqual({ total: 1 });
});

test.each(['test.nothing', 'nobody.add', 'test', 'test.constructor', 'test.add.more', ''])(
  '%j is no action',
  async (uses) => {
    const run = createConnectors([counting().connector], none).run(uses, context(), {});
    await expect(run).rejects.toMatchObject({ code: 'precondition_failed' });
  },
);

test('arguments that do not fit are told by name, and nothing is done', async () => {
  const { connector, count } = counting();
  const run = createConnectors([connector], none).run('test.add', context(), { by: 'much', more: 1 });
  await expect(run).rejects.toMatchObject({ code: 'precondition_failed', message: expect.stringContaining('by:') });
  expect(count.done).toBe(0);
});

test('a failure says which connector it was', async () => {
  const run = createConnectors([counting().connector], none).run('test.say', context(), {});
  await expect(run).rejects.toMatchObject({ code: 'connector_refused', data: { connector: 'test', why: 'because' } });
});

describe('failures asked for in training', () => {
  test.each([
    ['connector_unreachable', 'connector_unreachable', 0],
    ['lost_answer', 'connector_unreachable', 1],
    ['garbage', 'connector_bad_answer', 1],
    ['quota used up', 'connector_refused', 0],
  ])('%s fails with %s after doing the work %d times', async (error, code, done) => {
    const { connector, count } = counting();
    const run = createConnectors([connector], only({ error })).run('test.add', context(), {});
    await expect(run).rejects.toMatchObject({ code });
    expect(count.done).toBe(done);
  });

  test('a delay alone ends in the answer; one that is longer than the caller’s patience ends in nothing done', async () => {
    const { connector, count } = counting();
    const connectors = createConnectors([connector], only({ delaySeconds: 0.05 }));
    expect(await connectors.run('test.add', context(), {})).toEqual({ total: 1 });
    const slow = createConnectors([connector], only({ delaySeconds: 600 }));
    const run = slow.run('test.add', context(AbortSignal.timeout(50)), {});
    await expect(run).rejects.toMatchObject({ code: 'timeout' });
    expect(count.done).toBe(1);
  });
});

test('undoing an action that has no way back does nothing', async () => {
  const { connector, count } = counting();
  const connectors = createConnectors([connector], none);
  await connectors.undo('test.say', context(), {});
  await connectors.undo('test.add', context(), {});
  expect(count.undone).toBe(1);
  expect([connectors.hasUndo('test.add'), connectors.hasUndo('test.say')]).toEqual([true, false]);
});

describe('check', () => {
  let silent: Server | undefined;
  afterEach(() => silent?.close());

  test('one that takes the call and never answers is out of reach; the others are told as they are', async () => {
    silent = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => silent?.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const hlr = hlrConnector(osmocomHlr(new URL(`tcp://127.0.0.1:${port}`)));
    const states = await createConnectors([counting().connector, hlr], none).check();
    expect(states).toEqual([
      { name: 'test', reachable: true, target: 'embedded', error: null },
      { name: 'hlr', reachable: false, target: `127.0.0.1:${port}`, error: expect.any(String) },
    ]);
  });

  test('only those asked for are asked', async () => {
    const { connector } = counting();
    expect(await createConnectors([connector], none).check(['hlr'])).toEqual([]);
  });
});

describe('http', () => {
  test.each([
    ['http://evil.test/', ['good.test']],
    ['http://good.test.evil.test/', ['good.test']],
    ['http://good.test@evil.test/', ['good.test']],
    ['http://good.test:81/', ['good.test:80']],
    ['http://127.0.0.1/', []],
  ])('%s is not called when only %j may be', async (url, hosts) => {
    const connectors = createConnectors([httpConnector(hosts)], none);
    const run = connectors.run('http.request', context(), { url });
    await expect(run).rejects.toMatchObject({ code: 'precondition_failed' });
  });

  test('a host that is not there is out of reach', async () => {
    const connectors = createConnectors([httpConnector(['127.0.0.1'])], none);
    const run = connectors.run('http.request', context(), { url: 'http://127.0.0.1:1/' });
    await expect(run).rejects.toMatchObject({ code: 'connector_unreachable' });
  });
});
