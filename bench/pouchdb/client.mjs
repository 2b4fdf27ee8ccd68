// Replicates a database into a local PouchDB, as a desk would: { type: 'progress', done } on the way, { type: 'done', … } at the end.
import PouchDB from 'pouchdb';

const { folder, url } = JSON.parse(process.argv[2]);
const local = new PouchDB(`${folder}/local`);
const started = performance.now();
const peak = () => Math.round(process.resourceUsage().maxRSS / 1024);

local.replicate
  .from(url, { batch_size: 1_000, batches_limit: 10 })
  .on('change', ({ docs_written: done }) => process.send({ type: 'progress', done, peakMb: peak() }))
  .on('complete', ({ docs_written: done }) =>
    process.send({ type: 'done', done, ms: performance.now() - started, peakMb: peak() }, () => process.exit(0)),
  )
  .on('error', (error) => {
    console.error(error);
    process.exit(1);
  });
