import { expect, it } from 'vitest'
import { bundledBytes } from '../benchmarks/src/bundled-bytes.js'

// What browsers and edge runtimes get. Node gets what needs Node beside it (`node.ts`).
const MAX_BYTES = 8_000

it(`@axion/core takes at most ${MAX_BYTES} bytes, minified and gzipped, OpenTelemetry's API left out`, async () => {
  const bytes = await bundledBytes('@axion/core')
  expect(bytes).toBeLessThanOrEqual(MAX_BYTES)
  // A bundle that lacks the package would pass as well.
  expect(bytes).toBeGreaterThan(MAX_BYTES / 2)
})

it('@axion/core is more than that on Node, which resolves it to an entry of its own', async () => {
  expect(await bundledBytes('@axion/core', ['node'])).toBeGreaterThan(await bundledBytes('@axion/core'))
})
