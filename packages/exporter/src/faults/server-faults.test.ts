import { createServer } from 'node:http'
import { type AddressInfo, createServer as createNetServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Answer, answerOk, type OtlpSink, startOtlpSink } from '../otlp-sink.fixture.js'
import { countArrivals, type FaultProgram, startProgram } from './fault-program.fixture.js'

// Rows of the fault table that the server is to blame for. Programs are real processes, servers real ones on loopback.

const sinks: OtlpSink[] = []
const programs: FaultProgram[] = []
afterEach(async () => {
  for (const { child } of programs.splice(0)) child.kill('SIGKILL')
  await Promise.all(sinks.splice(0).map((sink) => sink.close()))
})

async function sinkThat(answer: Answer = answerOk, port = 0): Promise<OtlpSink> {
  const sink = await startOtlpSink(answer, port)
  sinks.push(sink)
  return sink
}

function start(sink: { readonly url: string }, source: string, options?: Record<string, unknown>): FaultProgram {
  const program = startProgram(sink, source, options)
  programs.push(program)
  return program
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has this kind of address.
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

// Ends spans, flushes until all of them were answered for, and says what became of them.
const UNTIL_SETTLED = `
  end(5000)
  let report = await tracing.flush()
  print('flushed', JSON.stringify(report))
  while (report.pending > 0) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    report = await tracing.flush()
  }
  print('report', JSON.stringify(report))
`

const ALL_SENT = { exported: 5000, failed: 0, dropped: 0, spooled: 0, pending: 0 }

async function reportOf(program: FaultProgram): Promise<unknown> {
  const report: unknown = JSON.parse(await program.printed('report'))
  expect(await program.ended).toMatchObject({ exitCode: 0 })
  return report
}

describe('a server', () => {
  it('that is down for 30 seconds gets every span when it is back', { timeout: 120_000 }, async () => {
    const port = await freePort()
    const program = start({ url: `http://127.0.0.1:${port}` }, UNTIL_SETTLED, { timeoutMillis: 1000 })
    await program.printed('flushed')
    // The row of the table says how long; nothing is to be observed meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 30_000))
    const sink = await sinkThat(answerOk, port)
    expect(await reportOf(program)).toEqual(ALL_SENT)
    expect(countArrivals([sink], 5000)).toEqual({ arrived: 5000, duplicated: 0, lost: 0 })
  })

  it.each<[string, number, () => Record<string, string>]>([
    ['503', 503, () => ({})],
    ['503 with Retry-After in seconds', 503, () => ({ 'retry-after': '1' })],
    ['429 with Retry-After in seconds', 429, () => ({ 'retry-after': '1' })],
    ['429 with Retry-After as a date', 429, () => ({ 'retry-after': new Date(Date.now() + 2000).toUTCString() })],
    ['500 twice', 500, () => ({})],
  ])('that answers %s gets every span, once', { timeout: 60_000 }, async (_case, status, headers) => {
    let refusals = 0
    const sink = await sinkThat((response, { spans }) => {
      if (refusals++ >= 2) return answerOk(response)
      refused.push(spans.length)
      response.writeHead(status, headers()).end()
    })
    const refused: number[] = []
    const taken = (): number => sink.spans().length - refused.reduce((sum, count) => sum + count, 0)
    expect(await reportOf(start(sink, UNTIL_SETTLED))).toEqual(ALL_SENT)
    expect(countArrivals([sink], 5000)).toMatchObject({ arrived: 5000, lost: 0 })
    // What it refused it has not taken: sent again, that is no duplicate.
    expect(taken()).toBe(5000)
  })

  it('that answers 500 to everything for a while gets every span, once, and is left alone meanwhile', {
    timeout: 60_000,
  }, async () => {
    let isDown = true
    let taken = 0
    const sink = await sinkThat((response, { spans }) => {
      if (isDown) return response.writeHead(500).end()
      taken += spans.length
      return answerOk(response)
    })
    const program = start(sink, UNTIL_SETTLED)
    expect(JSON.parse(await program.printed('flushed'))).toMatchObject({ exported: 0, failed: 0, pending: 5000 })
    // Eight at once, and one after 1, 1.5 and 2.25 seconds.
    expect(sink.requests.length).toBeLessThanOrEqual(12)
    isDown = false
    expect(await reportOf(program)).toEqual(ALL_SENT)
    expect(taken).toBe(5000)
    expect((await program.ended).stderr).toContain('it answered 500')
  })

  it('that answers 500 for good costs the spans at the shutdown, with a word about it', {
    timeout: 60_000,
  }, async () => {
    const sink = await sinkThat((response) => response.writeHead(500).end())
    const source = `end(5000); await tracing.shutdown(); print('report', JSON.stringify(await tracing.flush()))`
    const program = start(sink, source, { timeoutMillis: 700 })
    expect(await reportOf(program)).toEqual({ exported: 0, failed: 5000, dropped: 0, spooled: 0, pending: 0 })
    expect((await program.ended).stderr).toContain('Lost 5000 spans')
  })

  it('that answers 500 on one poisoned span gets all others', { timeout: 60_000 }, async () => {
    let taken = 0
    const sink = await sinkThat((response, { spans }) => {
      if (spans.some(({ attributes }) => attributes['langfuse.observation.metadata.number'] === 1234)) {
        return response.writeHead(500).end()
      }
      taken += spans.length
      return answerOk(response)
    })
    expect(await reportOf(start(sink, UNTIL_SETTLED))).toEqual({ ...ALL_SENT, exported: 4999, failed: 1 })
    expect(taken).toBe(4999)
  })

  it('that reads a little at a time is given up, and gets the spans when it reads', { timeout: 60_000 }, async () => {
    const port = await freePort()
    const dripping = new Set<Socket>()
    const slow = createNetServer({ pauseOnConnect: true }, (socket) => {
      dripping.add(socket.on('error', () => {}))
      const drip = setInterval(() => socket.read(16), 10)
      socket.on('close', () => clearInterval(drip))
    })
    await new Promise<void>((resolve) => slow.listen(port, '127.0.0.1', resolve))
    const program = start({ url: `http://127.0.0.1:${port}` }, UNTIL_SETTLED, { timeoutMillis: 500 })
    expect(JSON.parse(await program.printed('flushed'))).toMatchObject({ exported: 0, pending: 5000 })
    for (const socket of dripping) socket.destroy()
    await new Promise((resolve) => slow.close(resolve))
    const sink = await sinkThat(answerOk, port)
    expect(await reportOf(program)).toEqual(ALL_SENT)
    expect(countArrivals([sink], 5000)).toEqual({ arrived: 5000, duplicated: 0, lost: 0 })
  })

  it('gets every span of a process whose clock is set back meanwhile', { timeout: 60_000 }, async () => {
    let refusals = 0
    const sink = await sinkThat((response) => (refusals++ < 2 ? response.writeHead(503).end() : answerOk(response)))
    const program = start(
      sink,
      `Date.now = ((real) => () => real() - (made >= 2500 ? 86_400_000 : 0))(Date.now)\nend(2500)\n${UNTIL_SETTLED.replace('5000', '2500')}`,
      { concurrency: 1 },
    )
    expect(await reportOf(program)).toEqual(ALL_SENT)
    // Two batches, or one twice, came in vain.
    expect(countArrivals([sink], 5000)).toMatchObject({ arrived: 5000, lost: 0 })
  })

  it('that takes no more than 100 kB gets every span', async () => {
    let taken = 0
    const sink = await sinkThat((response, { bytes, spans }) => {
      if (bytes > 100_000) return response.writeHead(413).end()
      taken += spans.length
      return answerOk(response)
    })
    expect(await reportOf(start(sink, UNTIL_SETTLED))).toEqual(ALL_SENT)
    expect(taken).toBe(5000)
  })

  it('that refuses one poisoned span with 400 gets all others', async () => {
    let taken = 0
    const sink = await sinkThat((response, { spans }) => {
      if (spans.some(({ attributes }) => attributes['langfuse.observation.metadata.number'] === 1234)) {
        return response.writeHead(400).end()
      }
      taken += spans.length
      return answerOk(response)
    })
    expect(await reportOf(start(sink, UNTIL_SETTLED))).toEqual({ ...ALL_SENT, exported: 4999, failed: 1 })
    expect(taken).toBe(4999)
  })

  it('that answers half and hangs up gets every span, those again whose answer was lost', {
    timeout: 60_000,
  }, async () => {
    let hangUps = 0
    const sink = await sinkThat((response) => {
      if (hangUps++ >= 2) return answerOk(response)
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{"partial', () => response.socket?.destroy())
    })
    expect(await reportOf(start(sink, UNTIL_SETTLED, { concurrency: 1 }))).toEqual(ALL_SENT)
    // The first batch came twice in vain; nothing else did.
    expect(countArrivals([sink], 5000)).toEqual({ arrived: 5000, duplicated: 1024, lost: 0 })
  })

  it('that accepts and never answers keeps the program no longer than it may, and gets the spans when it answers', {
    timeout: 60_000,
  }, async () => {
    let isSilent = true
    const sink = await sinkThat((response) => {
      if (!isSilent) answerOk(response)
    })
    const program = start(sink, UNTIL_SETTLED, { timeoutMillis: 500 })
    expect(JSON.parse(await program.printed('flushed'))).toMatchObject({ exported: 0, pending: 5000 })
    isSilent = false
    expect(await reportOf(program)).toEqual(ALL_SENT)
    expect(countArrivals([sink], 5000)).toMatchObject({ arrived: 5000, lost: 0 })
  })

  it('that does not read is given up, and gets the spans when it does', { timeout: 60_000 }, async () => {
    // Nothing is read: the kernel's buffers fill up, and the request does not get through.
    const unread = new Set<Socket>()
    const deaf = createNetServer({ pauseOnConnect: true }, (socket) => unread.add(socket.on('error', () => {})))
    const port = await freePort()
    await new Promise<void>((resolve) => deaf.listen(port, '127.0.0.1', resolve))
    const program = start({ url: `http://127.0.0.1:${port}` }, UNTIL_SETTLED, {
      timeoutMillis: 500,
      compression: 'none',
      maxBatchSpans: 5000,
    })
    expect(JSON.parse(await program.printed('flushed'))).toMatchObject({ exported: 0, pending: 5000 })
    expect(unread.size).toBeGreaterThan(0)
    for (const socket of unread) socket.destroy()
    await new Promise((resolve) => deaf.close(resolve))
    const sink = await sinkThat(answerOk, port)
    expect(await reportOf(program)).toEqual(ALL_SENT)
    expect(countArrivals([sink], 5000)).toEqual({ arrived: 5000, duplicated: 0, lost: 0 })
  })

  it('whose name nobody knows is named, and the spans are kept', async () => {
    const program = start(
      { url: 'http://langfuse.invalid' },
      `end(100); print('report', JSON.stringify(await tracing.flush())); process.exit(0)`,
      {
        timeoutMillis: 1000,
        exitHooks: { deadlineMillis: 1 },
      },
    )
    expect(JSON.parse(await program.printed('report'))).toMatchObject({
      exported: 0,
      failed: 0,
      dropped: 0,
      pending: 100,
    })
    const { stderr } = await program.ended
    expect(stderr).toContain('Cannot send spans to Langfuse at http://langfuse.invalid')
    expect(stderr).toContain('Lost 100 of the 100 spans')
  })
})
