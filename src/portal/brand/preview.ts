// The page that the editor of the look shows beside it. It has no session and asks central nothing: whatever the portal's own
// pages ask is answered here, with made-up data. What it needs is read apart, so that customers never load any of it.
const [{ sampleAnswer }, { startPreview }] = await Promise.all([import('./sample.ts'), import('./Preview.tsx')]);

globalThis.fetch = async (asked) => sampleAnswer(new Request(asked));
await startPreview();

export {};
