import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  canMove,
  jobTransitions,
  orderTransitions,
  serviceTransitions,
  type Transitions,
  taskTransitions,
} from '#core/domain/state-machine.ts';
import { setFault } from '../../../src/server/demo/faults.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { waitUntil } from '../../parts/wait.ts';
import { endOfJob, orderPlan, type Staff } from './ordering.ts';

let central: TestCentral;
let staff: Staff;

// PostgreSQL itself keeps every move that is written, whoever writes it.
const recorder = sql`
  create table moves (place text, from_status text, to_status text);
  create function record_move() returns trigger language plpgsql as $$
    begin insert into moves values (tg_table_name, old.status, new.status); return null; end $$;
  create trigger moves after update of status on jobs for each row execute function record_move();
  create trigger moves after update of status on job_tasks for each row execute function record_move();
  create trigger moves after update of status on orders for each row execute function record_move();
  create trigger moves after update of status on services for each row execute function record_move()`;

beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
  await recorder.execute(central.db);
  staff = await central.asSales();
});
afterAll(() => central?.stop());

const tables: Record<string, Transitions<string>> = {
  jobs: jobTransitions,
  job_tasks: taskTransitions,
  orders: orderTransitions,
  services: serviceTransitions,
};

interface Move {
  place: string;
  fromStatus: string;
  toStatus: string;
}

const fault = fc.record({
  action: fc.constantFrom('crm.validateCustomer', 'crm.assignItem', 'ocs.createAccount', 'hlr.activate', 'mail.send'),
  error: fc.constantFrom('no', 'garbage', 'lost_answer', undefined),
  times: fc.integer({ min: 1, max: 2 }),
});
const act = fc.constantFrom('retry', 'cancel', 'wait', 'wait');

test('no state is ever reached by a way that is not declared, whatever fails and whatever staff do', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fault, { maxLength: 2 }),
      fc.array(act, { minLength: 1, maxLength: 4 }),
      async (faults, acts) => {
        await central.db.deleteFrom('demoFaults').execute();
        for (const { error, ...rest } of faults) await setFault(central.db, { ...rest, ...(error && { error }) });
        const { provisioningJobId: id } = await orderPlan(staff);
        for (const step of acts) {
          if (step === 'wait') await endOfJob(staff, id);
          else await staff.provisioning[step]({ id }).catch(() => undefined);
        }
        await waitUntil(async () => {
          const { status } = await staff.provisioning.get({ id });
          return status !== 'queued' && status !== 'running';
        }, 'the job to settle');
      },
    ),
    { numRuns: 20 },
  );
  const { rows } = await sql<Move>`select * from moves`.execute(central.db);
  const undeclared = rows.filter(
    ({ place, fromStatus: from, toStatus: to }) => from !== to && !canMove(tables[place] ?? {}, from, to),
  );
  expect(undeclared).toEqual([]);
  expect(rows.filter(({ fromStatus: from, toStatus: to }) => from === to)).toEqual([]);
  // The recorder sees: there are moves of every kind of thing.
  expect(new Set(rows.map(({ place }) => place))).toEqual(new Set(Object.keys(tables)));
});

test('when all is settled, an item is assigned exactly when its service is not cancelled', async () => {
  const { rows } = await sql<{ status: string; items: number }>`
    select services.status, count(items.id)::int as items
    from services join orders on orders.service_id = services.id left join items on items.service_id = services.id
    where orders.status in ('active', 'cancelled') group by services.id, services.status`.execute(central.db);
  expect(rows.length).toBeGreaterThan(0);
  for (const { status, items } of rows) expect([status, items]).toEqual([status, status === 'cancelled' ? 0 : 2]);
  const { rows: accounts } = await sql<{ status: string }>`
    select services.status from charging_accounts join services on services.uuid = charging_accounts.service_uuid
    where services.status = 'cancelled'`.execute(central.db);
  expect(accounts).toEqual([]);
});
