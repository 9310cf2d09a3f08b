import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDevServer } from '@axion/dev-server'
import { tracesAsOtlp } from './loader-traces.js'

// A dev-server with as many traces as its argument says, in a process of its own. Tells its address when they are in; ends with its parent.
const TRACES_PER_REQUEST = 250

const count = Number(process.argv[2])
const dataDir = mkdtempSync(join(tmpdir(), 'axion-bench-'))
const server = await startDevServer({ dataDir })
const startMillis = Date.now() - 3_600_000
for (let first = 0; first < count; first += TRACES_PER_REQUEST) {
  const { status } = await fetch(`${server.url}/api/public/otel/v1/traces`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${btoa(`${server.publicKey}:${server.secretKey}`)}`,
    },
    body: JSON.stringify(tracesAsOtlp(first, Math.min(TRACES_PER_REQUEST, count - first), startMillis)),
  })
  if (status !== 200) throw new Error(`The dev-server took no traces: ${status}`)
}
process.once('disconnect', async () => {
  await server.close()
  rmSync(dataDir, { recursive: true, force: true })
})
process.send?.({ baseUrl: server.url, publicKey: server.publicKey, secretKey: server.secretKey })
