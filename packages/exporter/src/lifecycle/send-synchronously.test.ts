import { rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tls from 'node:tls'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type AnswerBody, type BodySink, startBodySink } from './body-sink.fixture.js'
import { runEndingProgram } from './ending-program.fixture.js'
import { LOCALHOST_CERTIFICATE, LOCALHOST_KEY } from './localhost-certificate.fixture.js'

let sink: BodySink | undefined
afterEach(async () => {
  await sink?.close()
  sink = undefined
})

interface Call {
  readonly bodies: readonly string[]
  readonly target?: object
  /** An expression. */
  readonly tls?: string
  readonly deadlineMillis?: number
  /** Statements. */
  readonly before?: string
  readonly environment?: Readonly<Record<string, string>>
}

// In a process of its own: the caller does not turn its event loop, which the server has to.
async function send(url: string, call: Call): Promise<unknown> {
  const { bodies, target = {}, tls = '{}', deadlineMillis = 5_000, before = '', environment = {} } = call
  const program = `
    import { sendSynchronously } from './dist/lifecycle/send-synchronously.js'
    ${before}
    const target = { url: ${JSON.stringify(url)}, headers: {}, compression: 'none', tls: ${tls}, ...${JSON.stringify(target)} }
    const batches = ${JSON.stringify(bodies)}.map((text) => ({ body: Buffer.from(text), spanCount: 1 }))
    const [outcomes] = sendSynchronously([{ target, batches }], ${deadlineMillis})
    const text = ({ answer: { body, ...rest } }) => ({ ...rest, text: body.toString('latin1', 0, 40), bytes: body.length })
    console.log(JSON.stringify(outcomes.map((outcome) => (outcome.answer ? text(outcome) : outcome))))
  `
  const { stdout, stderr, exitCode } = await runEndingProgram(program, { url, hooked: false, environment })
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  return JSON.parse(stdout)
}

const startSink = async (answer?: AnswerBody): Promise<string> => {
  sink = await startBodySink(answer)
  return sink.url
}

it('sendSynchronously() posts protobuf with the headers of the target, and gives back what was answered', async () => {
  const url = await startSink((response) => {
    response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '7' }).end('{"error":"é"}')
  })
  const target = { headers: { authorization: 'Basic secret', 'x-team': 'mine' } }
  const answer = { status: 429, contentType: 'application/json', retryAfter: '7', text: '{"error":"Ã©"}', bytes: 14 }
  expect(await send(url, { bodies: ['spans'], target })).toEqual([answer])
  expect(sink?.bodies).toEqual(['spans'])
  expect(sink?.headers[0]).toMatchObject({
    authorization: 'Basic secret',
    'x-team': 'mine',
    'user-agent': 'axion-exporter',
    'content-type': 'application/x-protobuf',
    'content-length': '5',
  })
  expect(sink?.headers[0]).not.toHaveProperty('content-encoding')
})

it('sendSynchronously() compresses when the target says so', async () => {
  const url = await startSink()
  await send(url, { bodies: ['spans '.repeat(1000)], target: { compression: 'gzip' } })
  expect(sink?.bodies).toEqual(['spans '.repeat(1000)])
  expect(sink?.headers[0]).toMatchObject({ 'content-encoding': 'gzip' })
  expect(Number(sink?.headers[0]?.['content-length'])).toBeLessThan(1000)
})

it('sendSynchronously() sends more batches than requests at a time, each once, over few connections', async () => {
  const ports = new Set<unknown>()
  const url = await startSink((response) => {
    ports.add(response.socket?.remotePort)
    response.end()
  })
  const bodies = Array.from({ length: 100 }, (_, index) => `batch ${index}`)
  const outcomes = await send(url, { bodies })
  expect(outcomes).toEqual(bodies.map(() => ({ status: 200, text: '', bytes: 0 })))
  expect(sink?.bodies.toSorted()).toEqual(bodies.toSorted())
  expect(ports.size).toBeLessThanOrEqual(8)
})

it('sendSynchronously() leaves bodies as they are, also those that share memory with others', async () => {
  const url = await startSink()
  const program = `
    import { sendSynchronously } from './dist/lifecycle/send-synchronously.js'
    const [all, alone] = [Buffer.from('one two'), new Uint8Array([0x33])]
    const target = { url: process.env.SINK_URL, headers: {}, compression: 'none', tls: {} }
    const batches = [all.subarray(0, 3), all.subarray(4), alone].map((body) => ({ body, spanCount: 1 }))
    sendSynchronously([{ target, batches }], 5000)
    console.log(all.toString(), alone.byteLength)
  `
  const { stdout } = await runEndingProgram(program, { url, hooked: false })
  expect(stdout).toBe('one two 1\n')
  expect(sink?.bodies.toSorted()).toEqual(['3', 'one', 'two'])
})

it('sendSynchronously() tells answered from unanswered when the time is up', async () => {
  const url = await startSink((response, body) => {
    if (body === 'taken') response.end()
    // Begins to answer, and stops.
    if (body === 'dripping') response.writeHead(200, { 'content-length': '10' }).write('{')
  })
  const bodies = ['silent', 'taken', 'dripping']
  expect(await send(url, { bodies, deadlineMillis: 3_000 })).toEqual([
    { status: 'unanswered' },
    { status: 200, text: '', bytes: 0 },
    { status: 'unanswered' },
  ])
})

it('sendSynchronously() tells what the server hangs up on', async () => {
  const url = await startSink((response, body) => {
    if (body === 'half') response.writeHead(200, { 'content-length': '10' }).write('{')
    if (body !== 'taken') setImmediate(() => response.destroy())
    else response.end()
  })
  expect(await send(url, { bodies: ['none', 'half', 'taken'] })).toEqual([
    { status: 'failed', code: 'ECONNRESET' },
    { status: 'failed', code: 'ECONNRESET' },
    { status: 200, text: '', bytes: 0 },
  ])
})

it('sendSynchronously() reads no more of an answer than is of use', async () => {
  const url = await startSink((response) => response.end('<html>'.repeat(100_000)))
  const [answer] = (await send(url, { bodies: ['spans'] })) as [{ status: number; text: string; bytes: number }]
  expect(answer).toMatchObject({ status: 200, text: expect.stringMatching(/^<html><html>/) })
  expect(answer.bytes).toBeLessThan(300_000)
})

it('sendSynchronously() counts an answer once that breaks in the middle', async () => {
  const waiting: Socket[] = []
  const server = createTcpServer((socket) => {
    socket
      .on('error', () => {})
      .once('data', (request) => {
        if (!request.includes('broken')) return waiting.push(socket)
        // Not a size of a chunk: the parser fails, and then the connection does.
        return socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nsize\r\n')
      })
    socket.on('close', () => {
      for (const other of waiting.splice(0)) other.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has this kind of address.
  const { port } = server.address() as AddressInfo
  expect(await send(`http://127.0.0.1:${port}/`, { bodies: ['taken', 'broken'] })).toEqual([
    { status: 200, text: '', bytes: 0 },
    { status: 'failed', code: 'HPE_INVALID_CHUNK_SIZE' },
  ])
  server.close()
})

it('sendSynchronously() survives what is no HTTP', async () => {
  const server = createTcpServer((socket) => socket.on('error', () => {}).end('220 mail ready\r\n'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has this kind of address.
  const { port } = server.address() as AddressInfo
  expect(await send(`http://127.0.0.1:${port}/`, { bodies: ['spans'] })).toEqual([
    { status: 'failed', code: expect.stringMatching(/^HPE_|^ECONNRESET$/) },
  ])
  server.close()
})

it.each<[string, string, object, string]>([
  ['the header is none', 'http://127.0.0.1:1/', { headers: { 'x-team': 'a\nb' } }, 'ERR_INVALID_CHAR'],
  ['the protocol is none', 'ftp://127.0.0.1:1/', {}, 'ERR_INVALID_PROTOCOL'],
  ['nobody listens', 'http://127.0.0.1:1/', {}, 'ECONNREFUSED'],
  ['the host has no name', 'http://nobody.invalid/', {}, 'ENOTFOUND'],
])('sendSynchronously() fails batch by batch when %s', async (_, url, target, code) => {
  const outcomes = await send(url, { bodies: ['one', 'two'], target })
  const failed = {
    status: 'failed',
    code: code === 'ENOTFOUND' ? expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) : code,
  }
  expect(outcomes).toEqual([failed, failed])
})

it('sendSynchronously() says so when the thread does not start in time', async () => {
  const url = await startSink()
  const unsent = { status: 'unsent', code: 'it did not start in time' }
  expect(await send(url, { bodies: ['one'], deadlineMillis: 0.001 })).toEqual([unsent])
})

it('sendSynchronously() says so when the thread cannot start at all', async () => {
  const url = await startSink()
  const before = `globalThis.SharedArrayBuffer = class { constructor() { throw new RangeError('no memory') } }`
  expect(await send(url, { bodies: ['one', 'two'], before })).toEqual([
    { status: 'unsent', code: 'RangeError' },
    { status: 'unsent', code: 'RangeError' },
  ])
})

const TAKEN = { status: 200, text: '', bytes: 0 }
const REFUSED = { status: 'failed', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }
const CERTIFICATE = JSON.stringify(LOCALHOST_CERTIFICATE)
const CERTIFICATE_FILE = join(tmpdir(), `axion-certificate-${process.pid}.pem`)
beforeAll(() => writeFileSync(CERTIFICATE_FILE, LOCALHOST_CERTIFICATE))
afterAll(() => rmSync(CERTIFICATE_FILE))
const canSetDefault = 'setDefaultCACertificates' in tls

it.each<[string, Partial<Call>, object]>([
  ['it is told to trust', { tls: `{ ca: Buffer.from(${CERTIFICATE}) }` }, TAKEN],
  ['it is told not to verify', { tls: '{ rejectUnauthorized: false }' }, TAKEN],
  ['the environment says to trust', { environment: { NODE_EXTRA_CA_CERTS: CERTIFICATE_FILE } }, TAKEN],
  [
    'the program trusts by default, where Node lets it',
    { before: `(await import('node:tls')).setDefaultCACertificates?.([${CERTIFICATE}])` },
    canSetDefault ? TAKEN : REFUSED,
  ],
  ['nobody trusts', {}, REFUSED],
])('sendSynchronously() speaks TLS with a server that %s', async (_, call, outcome) => {
  const credentials = { key: LOCALHOST_KEY, cert: LOCALHOST_CERTIFICATE }
  const server = createServer(credentials, (request, response) => {
    request.resume().on('end', () => response.end())
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  // A server that listens on TCP has this kind of address.
  const { port } = server.address() as AddressInfo
  expect(await send(`https://localhost:${port}/`, { bodies: ['spans'], ...call })).toEqual([outcome])
  server.closeAllConnections()
  server.close()
})
