import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AnswerBody, type BodySink, startBodySink } from './body-sink.fixture.js'
import { type ProgramEnd, type ProgramOptions, startEndingProgram } from './ending-program.fixture.js'

let sink: BodySink
const startSink = async (answer?: AnswerBody): Promise<void> => {
  await sink?.close()
  sink = await startBodySink(answer)
}
beforeEach(() => startSink())
afterEach(() => sink.close())

/** Never answers. */
const silent: AnswerBody = () => {}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT', 'SIGHUP']

/** Holds two batches, and stays. */
const HOLDING = `
  drainable.hold('one', 2)
  drainable.hold('two', 3)
  process.on('exit', (code) => console.log('exit', code))
  setInterval(() => {}, 1000)
  console.log('ready')
`

async function signalled(
  source: string,
  signal: NodeJS.Signals,
  options: Partial<ProgramOptions> = {},
): Promise<ProgramEnd> {
  const program = startEndingProgram(source, { url: sink.url, ...options })
  await program.says('ready')
  program.process.kill(signal)
  return program.end
}

const lostAll = (why: string): string =>
  `[axion] Lost 5 of the 5 spans held when the process ended: Langfuse at ${new URL(sink.url).origin} did not take them ${why}. ` +
  'Set AXION_SPOOL_DIR to keep on disk what cannot be sent.\n'

describe('installExitHooks(), a signal nobody else listens to', () => {
  it.each(SIGNALS)('installExitHooks() sends what is held and ends by %s, as without', async (signal) => {
    const end = { exitCode: null, signal, stdout: 'ready\n', stderr: '' }
    expect(await signalled(HOLDING, signal, { hooked: false })).toEqual(end)
    expect(sink.bodies).toEqual([])
    expect(await signalled(HOLDING, signal)).toEqual(end)
    expect(sink.bodies.toSorted()).toEqual(['one', 'two'])
  })

  it('installExitHooks() ends by the signal when nothing is held', async () => {
    const program = `setInterval(() => {}, 1000); console.log('ready')`
    expect(await signalled(program, 'SIGTERM')).toMatchObject({ exitCode: null, signal: 'SIGTERM', stderr: '' })
  })

  it('installExitHooks() ends by the signal when the server does not answer in time, and says what is lost', async () => {
    await startSink(silent)
    const end = { exitCode: null, signal: 'SIGTERM', stdout: 'ready\n', stderr: lostAll('within 200 ms') }
    expect(await signalled(HOLDING, 'SIGTERM', { deadlineMillis: 200 })).toEqual(end)
  })

  it.each<[NodeJS.Signals, NodeJS.Signals]>([
    ['SIGTERM', 'SIGTERM'],
    ['SIGTERM', 'SIGINT'],
  ])('installExitHooks() ends by %s at once when %s comes in the middle of the flush', async (first, second) => {
    await startSink(silent)
    // Beyond the patience of the test.
    const program = startEndingProgram(HOLDING, { url: sink.url, deadlineMillis: 600_000 })
    await program.says('ready')
    program.process.kill(first)
    await sink.arrived(2)
    program.process.kill(second)
    const stderr = lostAll(`before a second signal (${second}) came`)
    expect(await program.end).toEqual({ exitCode: null, signal: first, stdout: 'ready\n', stderr })
  })

  it('installExitHooks() does not keep a signal from a process that waits in its exit', async () => {
    await startSink(silent)
    const program = startEndingProgram(`${HOLDING}process.exit(3)`, { url: sink.url, deadlineMillis: 600_000 })
    await sink.arrived(2)
    program.process.kill('SIGINT')
    expect(await program.end).toMatchObject({ exitCode: null, signal: 'SIGINT', stderr: '' })
  })

  it('installExitHooks() leaves to the spool what the server has not taken when a second signal comes', async () => {
    await startSink(silent)
    const spool = `
      import { writeSync } from 'node:fs'
      drainable.spool = { append: ({ body }) => writeSync(1, 'spooled ' + new TextDecoder().decode(body) + '\\n') && 'stored' }
    `
    const program = startEndingProgram(spool + HOLDING, { url: sink.url, deadlineMillis: 600_000 })
    await program.says('ready')
    program.process.kill('SIGINT')
    await sink.arrived(2)
    program.process.kill('SIGINT')
    const stdout = 'ready\nspooled one\nspooled two\n'
    expect(await program.end).toEqual({ exitCode: null, signal: 'SIGINT', stdout, stderr: '' })
  })

  it('installExitHooks() takes a signal the program only emits for none', async () => {
    const program = `
      drainable.hold('one')
      const timer = setInterval(() => {}, 1000)
      process.emit('SIGTERM')
      await drainable.sent()
      clearInterval(timer)
      console.log('alive')
    `
    const end = await startEndingProgram(program, { url: sink.url }).end
    expect(end).toEqual({ exitCode: 0, signal: null, stdout: 'alive\n', stderr: '' })
  })
})

describe('installExitHooks(), a signal somebody else listens to', () => {
  it.each<[string, string, object]>([
    [
      'ends when its work is done',
      `process.on('SIGTERM', () => drainable.sent().then(() => process.exit(0)))`,
      { exitCode: 0 },
    ],
    ['exits at once', `process.on('SIGTERM', () => process.exit(3))`, { exitCode: 3 }],
    ['listens once', `process.once('SIGTERM', () => drainable.sent().then(() => process.exit(4)))`, { exitCode: 4 }],
    [
      'listens once, before us',
      `process.prependOnceListener('SIGTERM', () => drainable.sent().then(() => process.exit(5)))`,
      { exitCode: 5 },
    ],
    [
      // What frameworks do that have a shutdown of their own: NestJS, for one.
      'raises the signal again',
      `const end = async () => {
        await drainable.sent()
        process.off('SIGTERM', end)
        process.kill(process.pid, 'SIGTERM')
      }
      process.on('SIGTERM', end)`,
      { exitCode: null, signal: 'SIGTERM' },
    ],
  ])(
    'installExitHooks() sends what is held and leaves the end to a listener that %s',
    async (_, listener, expected) => {
      const program = `${listener}\n${HOLDING}`
      expect(await signalled(program, 'SIGTERM')).toMatchObject({ signal: null, ...expected, stderr: '' })
      expect(sink.bodies.toSorted()).toEqual(['one', 'two'])
    },
  )

  it('installExitHooks() finds listeners that were there before it', async () => {
    const program = `
      uninstall()
      process.once('SIGTERM', () => drainable.sent().then(() => process.exit(6)))
      installExitHooks(drainable, hooks)
    `
    expect(await signalled(program + HOLDING, 'SIGTERM')).toMatchObject({ exitCode: 6, signal: null })
    expect(sink.bodies.toSorted()).toEqual(['one', 'two'])
  })

  it('installExitHooks() lets the process live on when the listener does', async () => {
    const program = `
      let round = 0
      process.on('SIGHUP', async () => {
        await drainable.sent()
        console.log('reloaded', ++round)
        if (round === 2) process.exit(0)
        drainable.hold('three')
        console.log('again')
      })
    `
    const running = startEndingProgram(program + HOLDING, { url: sink.url })
    await running.says('ready')
    running.process.kill('SIGHUP')
    await running.says('again')
    running.process.kill('SIGHUP')
    const stdout = 'ready\nreloaded 1\nagain\nreloaded 2\nexit 0\n'
    expect(await running.end).toEqual({ exitCode: 0, signal: null, stdout, stderr: '' })
    expect(sink.bodies.toSorted()).toEqual(['one', 'three', 'two'])
  })
})
