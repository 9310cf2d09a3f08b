import { expect, it } from 'vitest'
import { bundledBytes } from '../benchmarks/src/bundled-bytes.js'

// What it takes now, and a little for names. It has to come down to 8,000 yet (`npm run bench` says so): lower this with it, never raise it.
const MAX_BYTES = 9_320

it(`@axion/core takes at most ${MAX_BYTES} bytes, minified and gzipped, OpenTelemetry's API left out`, async () => {
  const bytes = await bundledBytes('@axion/core')
  expect(bytes).toBeLessThanOrEqual(MAX_BYTES)
  // A bundle that lacks the package would pass as well.
  expect(bytes).toBeGreaterThan(MAX_BYTES / 2)
})
