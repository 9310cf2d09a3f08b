import { afterEach, describe, expect, it } from 'vitest'
import { type Answer, answerOk, type OtlpSink, type ReceivedRequest, startOtlpSink } from '../otlp-sink.fixture.js'
import type { ReceivedSpan } from '../read-otlp-spans.fixture.js'
import { countArrivals, type FaultProgram, startProgram } from './fault-program.fixture.js'

// Rows of the fault table about how a process ends: with the defaults, no spool, and a server that answers.

const sinks: OtlpSink[] = []
const programs: FaultProgram[] = []
afterEach(async () => {
  for (const { child } of programs.splice(0)) child.kill('SIGKILL')
  await Promise.all(sinks.splice(0).map((sink) => sink.close()))
})

async function run(
  source: string,
  options?: Record<string, unknown>,
  answer: Answer = answerOk,
): Promise<{ sink: OtlpSink; program: FaultProgram }> {
  const sink = await startOtlpSink(answer)
  sinks.push(sink)
  const program = startProgram(sink, source, options)
  programs.push(program)
  return { sink, program }
}

const isNumber =
  (...numbers: readonly number[]) =>
  ({ attributes }: ReceivedSpan): boolean =>
    numbers.includes(Number(attributes['langfuse.observation.metadata.number']))

const ALL = { arrived: 5000, duplicated: 0, lost: 0 }

describe('a process', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'that %s ends sends every span before, and ends by that signal',
    async (signal) => {
      const { sink, program } = await run(`end(5000); print('ready'); setInterval(() => {}, 1000)`)
      await program.printed('ready')
      program.child.kill(signal)
      expect(await program.ended).toMatchObject({ exitCode: null, signal, stderr: '' })
      expect(countArrivals([sink], 5000)).toEqual(ALL)
    },
  )

  it('that ends on its own sends every span before, and keeps its exit code', async () => {
    const { sink, program } = await run(`end(5000); process.exitCode = 7`)
    expect(await program.ended).toMatchObject({ exitCode: 7, signal: null, stderr: '' })
    expect(countArrivals([sink], 5000)).toEqual(ALL)
  })

  it('whose handler of a signal calls process.exit() sends every span before', async () => {
    const { sink, program } = await run(`
      process.on('SIGTERM', () => process.exit(3))
      end(5000); print('ready'); setInterval(() => {}, 1000)
    `)
    await program.printed('ready')
    program.child.kill('SIGTERM')
    expect(await program.ended).toMatchObject({ exitCode: 3, signal: null, stderr: '' })
    const { arrived, lost } = countArrivals([sink], 5000)
    expect({ arrived, lost }).toEqual({ arrived: 5000, lost: 0 })
  })

  it.each([
    ['an exception that nobody catches', `setImmediate(() => { throw new Error('mine') })`],
    ['a rejection that nobody handles', `Promise.reject(new Error('mine'))`],
  ])('that dies of %s sends every span before, and dies as it would have', async (_case, death) => {
    const { sink, program } = await run(`end(5000); ${death}`)
    const { exitCode, stderr } = await program.ended
    expect(exitCode).toBe(1)
    expect(stderr).toContain('Error: mine')
    expect(stderr).not.toContain('[axion]')
    const { arrived, lost } = countArrivals([sink], 5000)
    expect({ arrived, lost }).toEqual({ arrived: 5000, lost: 0 })
  })

  it('that may not wait for the server says how many spans it took along', async () => {
    const { sink, program } = await run(`end(5000); process.exit(0)`, {
      baseUrl: 'http://127.0.0.1:9',
      exitHooks: { deadlineMillis: 200 },
    })
    const { exitCode, stderr } = await program.ended
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/Lost 5000 of the 5000 spans held when the process ended/)
    expect(sink.requests).toHaveLength(0)
  })

  it.each<[string, () => (request: ReceivedRequest, earlier: number) => number, number]>([
    [
      'refuses one span',
      () =>
        ({ spans }) =>
          spans.some(isNumber(321)) ? 400 : 200,
      1,
    ],
    [
      'refuses ten spans',
      () =>
        ({ spans }) =>
          spans.some(isNumber(0, 1, 2, 3, 4, 100, 200, 300, 400, 499)) ? 422 : 200,
      10,
    ],
    [
      'breaks at one span',
      () =>
        ({ spans }) =>
          spans.some(isNumber(321)) ? 500 : 200,
      1,
    ],
    [
      'takes no more than 50 kB',
      () =>
        ({ bytes }) =>
          bytes > 50_000 ? 413 : 200,
      0,
    ],
    ['is busy once', () => (_request, earlier) => (earlier === 0 ? 503 : 200), 0],
  ])(
    'that exits sends every span that is acceptable to a server that %s',
    { timeout: 20_000 },
    async (_case, create, lost) => {
      const statusOf = create()
      const taken: ReceivedRequest[] = []
      let earlier = 0
      const { program } = await run(`end(500); process.exit(3)`, {}, (response, request) => {
        const status = statusOf(request, earlier++)
        if (status === 200) taken.push(request)
        response.writeHead(status).end()
      })
      const { exitCode, stderr } = await program.ended
      expect(exitCode).toBe(3)
      expect(stderr.match(/Lost (\d+) of the 500 spans/)?.[1]).toBe(lost > 0 ? String(lost) : undefined)
      const ids = taken.flatMap(({ spans }) => spans.map(({ spanId }) => spanId))
      expect([ids.length, new Set(ids).size]).toEqual([500 - lost, 500 - lost])
    },
  )

  it('without exit hooks takes its spans along, as it was told to', async () => {
    const { sink, program } = await run(`end(5000); process.exit(0)`, { exitHooks: false })
    expect(await program.ended).toMatchObject({ exitCode: 0, stderr: '' })
    expect(sink.requests).toHaveLength(0)
  })
})
