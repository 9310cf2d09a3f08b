import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'
import { exportOf, span, startTestServer, temporaryDirectory } from './test-server.fixture.js'

const SPANS_PER_REQUEST = 200

describe('startDevServer()', () => {
  it('startDevServer() has all that it acknowledged, and no half of a request, when it was killed while writing', async () => {
    const dataDir = temporaryDirectory()
    // A child process runs what is published, so the package must be built, which the test command does first.
    const entry = new URL('../dist/index.js', import.meta.url).href
    const program = `const { startDevServer } = await import(${JSON.stringify(entry)})
      const server = await startDevServer({ dataDir: ${JSON.stringify(dataDir)} })
      console.log(JSON.stringify({ url: server.url, publicKey: server.publicKey, secretKey: server.secretKey }))`
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    const { url, publicKey, secretKey } = JSON.parse(String(line))
    const headers = {
      authorization: `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`,
      'content-type': 'application/json',
    }
    const acknowledged: string[] = []
    let sent = 0
    // Each request is a trace. The senders do not stop for the kill: some request is always under way.
    const send = async (): Promise<void> => {
      for (;;) {
        const traceId = String(++sent).padStart(32, '0')
        const spans = Array.from({ length: SPANS_PER_REQUEST }, (_, index) => span({ traceId, spanId: `s${index}` }))
        const body = JSON.stringify(exportOf(...spans))
        const response = await fetch(`${url}/api/public/otel/v1/traces`, { method: 'POST', headers, body })
        if (response.status !== 200) throw new Error(`export refused: ${response.status}`)
        acknowledged.push(traceId)
        if (acknowledged.length === 25) child.kill('SIGKILL')
      }
    }
    const ends = await Promise.allSettled([send(), send(), send(), send()])
    // What ended them is the kill, and not an answer.
    for (const end of ends) expect(end).toMatchObject({ status: 'rejected', reason: { message: 'fetch failed' } })
    const server = await startTestServer({ dataDir })
    const counts = new Map<string, number>()
    for (let number = 1; number <= sent; number++) {
      const traceId = String(number).padStart(32, '0')
      counts.set(traceId, (await server.observations({ traceId, limit: '1000', fields: 'core' })).length)
    }
    expect(acknowledged.map((traceId) => counts.get(traceId))).toEqual(acknowledged.map(() => SPANS_PER_REQUEST))
    expect([...counts.values()].filter((count) => count !== 0 && count !== SPANS_PER_REQUEST)).toEqual([])
  })
})
