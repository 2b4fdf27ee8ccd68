import { appendFileSync, existsSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Command, CommandOutcome } from '#core/sync/commands.ts';
import { openOutbox, orderedDraft } from './outbox-desk.ts';

/*
 * A desk that saves, sends and settles, to be killed by its own hand before the n-th statement of its database (`n` of 0:
 * never; it then says how many there were), or by its parent at any moment. What it acknowledged is a line on its output;
 * its central is a file, which outlives it.
 */

const [folder = '', killAt = '0', rounds = '1'] = process.argv.slice(2);
const decided = path.join(folder, 'central.jsonl');

/** Head office in a file: decides about each command once. */
export async function decideInFile(file: string, batch: readonly Command[]): Promise<CommandOutcome[]> {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const known = new Map(lines.map((line) => JSON.parse(line)).map((one) => [one.outcome.id as string, one.outcome]));
  return batch.map((command) => {
    const before = known.get(command.id);
    if (before !== undefined) return before as CommandOutcome;
    const isRefused = command.payload.name === 'Twin' && command.payload.allowDuplicate === false;
    const outcome: CommandOutcome = isRefused
      ? { id: command.id, outcome: 'refused', error: { code: 'possible_duplicate', message: '' } }
      : { id: command.id, outcome: 'accepted', result: { id: 5000 + known.size, serviceId: 1, provisioningJobId: 2 } };
    known.set(command.id, outcome);
    appendFileSync(file, `${JSON.stringify({ command, outcome })}\n`);
    return outcome;
  });
}

async function work() {
  let statements = 0;
  const desk = openOutbox({
    folder,
    central: {
      sync: { commands: ((batch: Command[]) => decideInFile(decided, batch)) as never, handIn: undefined as never },
    },
    trace: () => {
      statements += 1;
      if (statements === Number(killAt)) process.kill(process.pid, 'SIGKILL');
    },
  });
  // A line of its own for each: nothing that was written is lost with the process.
  const acknowledge = ({ id }: { id: string }) => writeSync(1, `saved ${id}\n`);
  const decidedAll = async () => {
    while (desk.outbox.counts().waiting > desk.outbox.counts().refused) await wait(1);
  };
  for (let round = 0; round < Number(rounds); round += 1) {
    const item = 100 + round * 10;
    const customer = await desk.createCustomer('Twin');
    acknowledge(customer);
    acknowledge(await desk.placeOrder(customer.customerId, [item], orderedDraft([item])));
    acknowledge(await desk.changeCustomer(123, `Round ${round}`));
    desk.online();
    while (desk.outbox.counts().refused === 0) await wait(1);
    await desk.outbox.settle({ id: customer.id, settlement: 'retried' });
    writeSync(1, `settled ${customer.id}\n`);
    await decidedAll();
    acknowledge(await desk.placeOrder(456, [item + 1], orderedDraft([item + 1])));
    await decidedAll();
    desk.offline();
  }
  await desk.close();
  writeSync(1, `done ${statements}\n`);
}

if (process.argv[1]?.endsWith('killed-child.ts')) await work();
