import { implement } from '@orpc/server';
import { deskContract } from '#core/contract/desk.ts';
import type { StaffUser } from '#core/domain/user.ts';
import type { Log } from '../log.ts';
import { assertMayCall } from './access.ts';
import { presentFailure } from './failures.ts';

/** What every call of a window passes: failures presented, access checked, then its input parsed. */
export function createImplementer(user: () => StaffUser | null, log: Log) {
  return implement(deskContract)
    .use(async ({ path, next }) => {
      try {
        return await next();
      } catch (error) {
        throw presentFailure(error, path, log);
      }
    })
    .use(({ procedure, next }) => {
      assertMayCall(procedure['~orpc'].meta, user());
      return next();
    });
}

export type DeskImplementer = ReturnType<typeof createImplementer>;
/** The whole router as the contract wants it. */
export type DeskRouter = Parameters<DeskImplementer['router']>[0];
