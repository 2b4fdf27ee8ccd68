// A CouchDB-like server of PouchDB's own, with as many customers as asked for. Says { type: 'ready', url } once they are in.
import express from 'express';
import expressPouch from 'express-pouchdb';
import PouchDB from 'pouchdb';
import { customerAt } from '../lib/customer-at.ts';

const { folder, count, batch = 5_000 } = JSON.parse(process.argv[2]);
const Local = PouchDB.defaults({ prefix: `${folder}/` });
const customers = new Local('customers');

/** The very rows that central sends. */
function documentAt(n) {
  const { id, ...who } = customerAt(n);
  const how = { type: 'individual', status: 'open', paymentType: 'prepaid', taxIdentifier: null, language: 'en' };
  const rest = { hasPaymentMethod: false, createdAt: '2026-11-22T10:15:00.000Z', version: 1 };
  return { _id: String(id).padStart(10, '0'), ...who, ...how, ...rest };
}

for (let start = 0; start < count; start += batch) {
  const length = Math.min(batch, count - start);
  await customers.bulkDocs(Array.from({ length }, (_, index) => documentAt(start + index)));
}
const app = express();
app.use('/', expressPouch(Local, { logPath: `${folder}/log.txt`, mode: 'minimumForPouchDB', inMemoryConfig: true }));
const server = app.listen(0, '127.0.0.1', () => {
  process.send({ type: 'ready', url: `http://127.0.0.1:${server.address().port}/customers` });
});
