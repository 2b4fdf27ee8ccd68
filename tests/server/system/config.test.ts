import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../../src/server/config.ts';

describe('the configuration', () => {
  test('needs nothing: loopback, the embedded database, no demo', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      ...{ port: undefined, host: '127.0.0.1', databaseUrl: undefined, demo: false, currency: 'GBP', country: 'GB' },
      dataDir: path.resolve('.data'),
    });
  });

  test('a variable that is set but empty counts as not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '', COMPTOIR_DEMO: '', SMTP_URL: '' })).toEqual(readConfig({}));
  });

  test.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['DATABASE_URL', 'mysql://somewhere/db'],
    ['DATABASE_URL', 'not a url'],
    ['COMPTOIR_DEMO', 'yes'],
    ['SMTP_URL', 'http://mail'],
    ['COMPTOIR_HLR_URL', 'hlr:4259'],
    ['COMPTOIR_SECRET_KEY', 'too short'],
    ['COMPTOIR_ADMIN_EMAIL', 'nobody'],
    ['COMPTOIR_DESK_INVITATION', 'fifteen letters'],
    ['COMPTOIR_DESK_INVITATION_STORE', '0'],
    ['COMPTOIR_DESK_INVITATION_STORE', 'the first'],
    ['COMPTOIR_LOG_LEVEL', 'loud'],
  ])('%s=%s is refused by its name', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(
      new RegExp(`^The configuration is not valid:\\n {2}${name}: must`),
    );
  });

  test('all that is wrong is told at once, without the values', () => {
    const wrong = { PORT: 'x', COMPTOIR_SECRET_KEY: 'short secret' };
    expect(() => readConfig(wrong)).toThrow(/PORT: .*\n {2}COMPTOIR_SECRET_KEY: /);
    expect(() => readConfig(wrong)).not.toThrow(/short secret/);
  });
});
