import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Ending, type FaultProgram, startProgram } from '../faults/fault-program.fixture.js'
import { type ReceivedSpan, readOtlpSpans } from '../read-otlp-spans.fixture.js'

// What becomes of uploads when the process ends, with a store that answers or hangs.

let server: Server
let spans: ReceivedSpan[]
let uploads: string[]
let isHanging: boolean
const programs: FaultProgram[] = []
beforeEach(async () => {
  spans = []
  uploads = []
  isHanging = false
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const isSpans = request.url?.includes('/otel/')
    if (isSpans) spans.push(...readOtlpSpans(body))
    else if (isHanging) return
    if (request.method === 'PUT') uploads.push(String(body))
    response.setHeader('content-type', 'application/json')
    response.end(
      request.method === 'POST' && !isSpans ? JSON.stringify({ mediaId: 'id', uploadUrl: `${url()}/put` }) : '{}',
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  for (const { child } of programs.splice(0)) child.kill('SIGKILL')
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

// A server that listens on TCP has this kind of address.
const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

/** Ends spans with a file in each. */
const LOOK = `
  const look = (text) => {
    const span = tracer.startSpan('look', { root: true })
    span.setInput('see data:text/plain;base64,' + Buffer.from(text).toString('base64')).end()
  }
`

function run(source: string, deadlineMillis = 5000): Promise<Ending> {
  const options = { mediaUpload: true, compression: 'none', maxBatchSpans: 2, exitHooks: { deadlineMillis } }
  const program = startProgram({ url: url() }, LOOK + source, options)
  programs.push(program)
  return program.ended
}

const inputs = (): unknown[] => spans.map(({ attributes }) => attributes['langfuse.observation.input'])
const GIVEN_UP =
  '[axion] Gave up 2 uploads of media: the store of Langfuse did not take them in time. Spans refer to media that are not there.\n'
const TOO_LATE = '[axion] Left media out of spans: they ended when there was no time left for uploads.\n'

it('mediaUpload uploads what is held when a process ends on its own', async () => {
  expect(await run(`look('a'); look('b'); look('c')`)).toMatchObject({ exitCode: 0, signal: null, stderr: '' })
  expect(uploads.sort()).toEqual(['a', 'b', 'c'])
  expect(inputs()).toHaveLength(3)
})

it('mediaUpload does not keep a process alive beyond its deadline when the store hangs', async () => {
  isHanging = true
  const ending = await run(`look('a'); look('b')`, 200)
  expect(ending).toMatchObject({ exitCode: 0, signal: null, stderr: GIVEN_UP })
  expect(inputs()).toHaveLength(2)
})

it.each<[string, string, number, string]>([
  ['exits', 'process.exit(3)', 3, ''],
  ['dies of an exception', `throw new Error('boom')`, 1, 'boom'],
])(
  'mediaUpload says what it gave up when a process %s, and leaves a mark of what was still to come',
  async (_how, end, exitCode, said) => {
    isHanging = true
    const ending = await run(`look('a'); look('b'); setImmediate(() => { look('late'); ${end} })`)
    expect(ending).toMatchObject({ exitCode, signal: null })
    expect(ending.stderr).toContain(said)
    expect(ending.stderr).toContain(GIVEN_UP)
    expect(ending.stderr).toContain(TOO_LATE)
    expect(inputs()).toContain('see <text/plain, 4 bytes, not uploaded>')
  },
)
