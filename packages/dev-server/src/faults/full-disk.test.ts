import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'
import { exportOf, span, startTestServer, temporaryDirectory } from '../test-server.fixture.js'

const SPANS_PER_REQUEST = 50

// A limit on the size of files, set by a shell, is what a full disk is to a process, without filling one.
describe.skipIf(process.platform === 'win32')('startDevServer() on a disk that is full', () => {
  it('startDevServer() refuses what it cannot write, keeps what it acknowledged, and goes on reading', async () => {
    const dataDir = temporaryDirectory()
    // A child process runs what is published, so the package must be built, which the test command does first.
    const entry = new URL('../../dist/index.js', import.meta.url).href
    const program = `const { startDevServer } = await import(${JSON.stringify(entry)})
      const server = await startDevServer({ dataDir: ${JSON.stringify(dataDir)}, legacy: true })
      console.log(JSON.stringify({ url: server.url, publicKey: server.publicKey, secretKey: server.secretKey }))`
    const node = [process.execPath, '--input-type=module', '-e', program]
    // 4 to 8 MB, depending on the unit of the shell.
    const child = spawn('sh', ['-c', 'ulimit -f 8000 && exec "$@"', 'sh', ...node], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    const { url, publicKey, secretKey } = JSON.parse(String(line))
    const authorization = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`
    const headers = { authorization, 'content-type': 'application/json' }
    const input = { 'langfuse.observation.input': 'x'.repeat(2000) }
    const acknowledged: string[] = []
    const send = async (number: number): Promise<Response> => {
      const traceId = String(number).padStart(32, '0')
      const spans = Array.from({ length: SPANS_PER_REQUEST }, (_, index) =>
        span({ traceId, spanId: `s${index}` }, input),
      )
      const body = JSON.stringify(exportOf(...spans))
      const response = await fetch(`${url}/api/public/otel/v1/traces`, { method: 'POST', headers, body })
      if (response.status === 200) acknowledged.push(traceId)
      return response
    }

    let refused: Response | undefined
    for (let number = 1; number <= 400 && refused === undefined; number++) {
      const response = await send(number)
      if (response.status === 200) await response.arrayBuffer()
      else refused = response
    }
    // A status with which exporters try again later: the disk may have room then.
    expect([refused?.status, await refused?.json()]).toEqual([
      503,
      { message: expect.stringContaining('Cannot write'), error: 'ServiceUnavailableError' },
    ])
    expect(acknowledged.length).toBeGreaterThan(3)
    for (let number = 500; number < 505; number++) expect((await send(number)).status).toBe(503)
    const read = await fetch(`${url}/api/public/v2/observations?traceId=${acknowledged[0]}`, { headers })
    expect([read.status, await read.json()]).toMatchObject([200, { data: { length: SPANS_PER_REQUEST } }])

    child.kill('SIGKILL')
    await once(child, 'exit')
    const server = await startTestServer({ dataDir })
    for (const traceId of acknowledged) {
      expect(await server.observations({ traceId, limit: '1000', fields: 'core' })).toHaveLength(SPANS_PER_REQUEST)
    }
    await server.ingest(span({ traceId: 'f'.repeat(32) }))
    expect(await server.observations({ traceId: 'f'.repeat(32) })).toHaveLength(1)
  })
})
