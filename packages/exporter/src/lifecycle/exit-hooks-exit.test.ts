import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AnswerBody, type BodySink, startBodySink } from './body-sink.fixture.js'
import { type ProgramEnd, type ProgramOptions, runEndingProgram } from './ending-program.fixture.js'

let sink: BodySink
const startSink = async (answer?: AnswerBody): Promise<void> => {
  await sink?.close()
  sink = await startBodySink(answer)
}
beforeEach(() => startSink())
afterEach(() => sink.close())

const run = (source: string, options: Partial<ProgramOptions> = {}): Promise<ProgramEnd> =>
  runEndingProgram(source, { url: sink.url, ...options })

/** Says when a thread is started. */
const THREADS = `
  import { subscribe } from 'node:diagnostics_channel'
  import { writeSync } from 'node:fs'
  subscribe('worker_threads', () => writeSync(1, 'thread\\n'))
`

/** Holds two batches, and says how the process exits. */
const HOLDING = `
  drainable.hold('one', 2)
  drainable.hold('two', 3)
  process.on('exit', (code) => console.log('exit', code, process.exitCode))
`

const lost = (count: number, why: string, url = sink.url): string =>
  `[axion] Lost ${count} of the 5 spans held when the process ended: Langfuse at ${new URL(url).origin} ${why}. ` +
  'Set AXION_SPOOL_DIR to keep on disk what cannot be sent.\n'

describe('installExitHooks(), the end of the process', () => {
  it.each<[string, string]>([
    ['runs out of work', `${HOLDING}`],
    ['runs out of work with an exit code', `${HOLDING}process.exitCode = 7`],
    ['never gets what it awaits', `${HOLDING}await new Promise(() => {})`],
    ['exits', `${HOLDING}process.exit(0)`],
    ['exits with a code', `${HOLDING}setTimeout(() => process.exit(3))`],
    ['exits with the code it has set', `${HOLDING}process.exitCode = 9; process.exit()`],
    ['exits when it runs out of work', `${HOLDING}process.on('beforeExit', () => process.exit(4))`],
    ['throws', `${HOLDING}throw new TypeError('no')`],
    ['throws later', `${HOLDING}setTimeout(() => { throw new TypeError('no') })`],
    ['throws what is no error', `${HOLDING}setTimeout(() => { throw undefined })`],
    ['leaves a rejection unhandled', `${HOLDING}Promise.reject(new TypeError('no'))`],
    ['leaves a rejection unhandled that is no error', `${HOLDING}Promise.reject(null)`],
    [
      'throws when it exits',
      `process.on('exit', () => { throw new TypeError('no') }); ${HOLDING}await 1; process.exit(0)`,
    ],
    [
      'throws when it runs out of work',
      // Beside another listener, or the frames inside of Node are not those that they are beside ours.
      `process.on('exit', () => { drainable.hold('one'); drainable.hold('two'); throw new TypeError('no') }).on('exit', () => {})`,
    ],
    [
      'catches exceptions',
      `${HOLDING}process.on('uncaughtException', () => process.exit(5)); throw new TypeError('no')`,
    ],
    [
      'goes on after an exception',
      `${HOLDING}process.on('uncaughtException', () => console.log('caught')); setTimeout(() => { throw new TypeError('no') })`,
    ],
    ['writes much before it exits', `${HOLDING}process.stdout.write('-'.repeat(60_000)); process.exit(0)`],
  ])('installExitHooks() sends what is held and changes nothing else when the program %s', async (_, source) => {
    const without = await run(source, { hooked: false })
    expect(sink.bodies).toEqual([])
    expect(await run(source)).toEqual(without)
    expect(sink.bodies.toSorted()).toEqual(['one', 'two'])
  })
})

describe('installExitHooks(), how it is sent', () => {
  it('installExitHooks() starts no thread when the event loop can still turn', async () => {
    expect((await run(`${THREADS}${HOLDING}`)).stdout).toBe('exit 0 undefined\n')
    expect(sink.bodies.toSorted()).toEqual(['one', 'two'])
  })

  it.each(['process.exit(0)', 'throw new Error()', ''])(
    'installExitHooks() starts no thread when nothing is held: %s',
    async (end) => {
      expect((await run(`${THREADS}${end}`)).stdout).toBe('')
    },
  )

  it('installExitHooks() starts one thread for all pipelines', async () => {
    const other = await startBodySink()
    const program = `${THREADS}
      const other = createHttpDrainable(${JSON.stringify(other.url)})
      installExitHooks(other, hooks)
      other.hold('three')
      ${HOLDING}await 1
      process.exit(0)
    `
    expect((await run(program)).stdout).toBe('exit 0 0\nthread\n')
    await other.close()
    expect([sink.bodies.toSorted(), other.bodies]).toEqual([['one', 'two'], ['three']])
  })

  it.each<[string, (preload: string) => Partial<ProgramOptions>]>([
    ['on the command line', (preload) => ({ args: [preload] })],
    ['by the environment', (preload) => ({ environment: { NODE_OPTIONS: preload } })],
  ])('installExitHooks() starts the thread without what is preloaded %s', async (_, options) => {
    const folder = mkdtempSync(join(tmpdir(), 'axion-preload-'))
    const file = join(folder, 'preload.cjs')
    // Past the streams, which a thread has to itself.
    writeFileSync(file, `process._rawDebug('preloaded')`)
    const { stderr } = await run(`${HOLDING}process.exit(0)`, options(`--require=${file}`))
    rmSync(folder, { recursive: true })
    expect(stderr).toBe('preloaded\n')
    expect(sink.bodies.toSorted()).toEqual(['one', 'two'])
  })

  it('installExitHooks() sends nothing twice that was answered', async () => {
    const program = `${HOLDING}await drainable.flush(5000); drainable.hold('three'); process.exit(0)`
    expect(await run(program)).toMatchObject({ exitCode: 0, stderr: '' })
    expect(sink.bodies.toSorted()).toEqual(['one', 'three', 'two'])
  })

  it('installExitHooks() sends what is ended by listeners for the exit that came after it', async () => {
    const program = `process.on('exit', () => drainable.hold('late'))\nawait 1\nprocess.exit(0)`
    expect(await run(program)).toMatchObject({ exitCode: 0, stderr: '' })
    expect(sink.bodies).toEqual(['late'])
  })

  it('installExitHooks() holds no program that catches an exception', async () => {
    const program = `${THREADS}${HOLDING}
      process.on('uncaughtException', () => console.log('caught'))
      setTimeout(() => { throw new Error('no') })
    `
    expect((await run(program)).stdout).toBe('caught\nexit 0 undefined\n')
    expect(sink.bodies.toSorted()).toEqual(['one', 'two'])
  })

  it.each<[string, string, string]>([
    ['looks on', '', 'beforeExit 1\n'],
    ['has work', `if (times === 1) setTimeout(() => console.log('work'))`, 'beforeExit 1\nwork\nbeforeExit 2\n'],
  ])(
    'installExitHooks() has beforeExit emitted as often as without it when a listener of the program %s',
    async (_, work, stdout) => {
      const program = `${HOLDING}
      let times = 0
      process.on('beforeExit', () => {
        console.log('beforeExit', ++times)
        ${work}
      })
    `
      const without = await run(program, { hooked: false })
      expect(without.stdout).toBe(`${stdout}exit 0 undefined\n`)
      expect(await run(program)).toEqual(without)
      expect(sink.bodies.toSorted()).toEqual(['one', 'two'])
    },
  )

  it('installExitHooks() tries once only to empty a pipeline that fills itself', async () => {
    // What a program would do whose own HTTP requests are traced.
    const program = `
      const { flush } = drainable
      let flushes = 0
      drainable.flush = async (deadlineMillis) => {
        flushes++
        await flush(deadlineMillis)
        drainable.hold('self')
      }
      drainable.hold('one')
      process.on('exit', () => console.log('flushes', flushes))
    `
    expect(await run(program)).toMatchObject({ exitCode: 0, stdout: 'flushes 1\n', stderr: '' })
    expect(sink.bodies).toEqual(['one', 'self'])
  })

  it('installExitHooks() sends from a worker thread when that ends, and leaves signals to the process', async () => {
    const thread = `
      const { pathToFileURL } = require('node:url')
      Promise.all([
        import(pathToFileURL('dist/lifecycle/exit-hooks.js')),
        import(pathToFileURL('src/lifecycle/http-drainable.fixture.mjs')),
      ]).then(([{ installExitHooks }, { createHttpDrainable }]) => {
        const drainable = createHttpDrainable(process.env.SINK_URL)
        installExitHooks(drainable, { signals: ['SIGTERM'], deadlineMillis: 5000 })
        drainable.hold('one')
        console.log('signals', process.listenerCount('SIGTERM'))
        END
      })
    `
    const program = (end: string): string => `
      import { Worker } from 'node:worker_threads'
      const thread = ${JSON.stringify(thread.replace('END', end))}
      new Worker(thread, { eval: true, execArgv: [] }).on('exit', (code) => console.log('thread', code))
    `
    expect(await run(program(''), { hooked: false })).toMatchObject({ stdout: 'signals 0\nthread 0\n', stderr: '' })
    expect(await run(program('process.exit(3)'), { hooked: false })).toMatchObject({
      stdout: 'signals 0\nthread 3\n',
      stderr: '',
    })
    expect(sink.bodies).toEqual(['one', 'one'])
  })
})

describe('installExitHooks(), what cannot be sent', () => {
  it.each<[string, string, number]>([
    ['exits', 'process.exit(3)', 3],
    ['runs out of work', 'process.exitCode = 3', 3],
    ['throws', 'throw new Error()', 1],
  ])(
    'installExitHooks() gives a server up that does not answer when the program %s, and says what is lost',
    async (_, end, exitCode) => {
      await startSink(() => {})
      const { exitCode: code, stderr } = await run(`${HOLDING}${end}`, { deadlineMillis: 500 })
      expect(code).toBe(exitCode)
      // On a machine that is busy enough, not even the thread starts in time.
      expect(stderr).toMatch(
        /^\[axion\] Lost 5 of the 5 spans held when the process ended: .*( within 500 ms| for want of .*)\. Set /,
      )
    },
  )

  it('installExitHooks() does not wait a second time at the exit', async () => {
    await startSink(() => {})
    const { stdout, stderr } = await run(`${THREADS}${HOLDING}`, { deadlineMillis: 200 })
    expect({ stdout, stderr }).toEqual({
      stdout: 'exit 0 undefined\n',
      stderr: lost(5, 'did not take them within 200 ms'),
    })
  })

  it.each<[string, string]>([
    ['an exception nobody catches', 'throw new Error()'],
    ['a rejection nobody handles', 'Promise.reject(new Error())'],
    ['an exception whose listener exits', `process.on('uncaughtException', () => process.exit(1)); throw new Error()`],
  ])('installExitHooks() waits two seconds at most after %s', async (_, end) => {
    await startSink(() => {})
    // Beyond the patience of the test.
    const { exitCode, stderr } = await run(`${HOLDING}${end}`, { deadlineMillis: 600_000 })
    expect(exitCode).toBe(1)
    expect(stderr).toContain(lost(5, 'did not answer within 2000 ms'))
  })

  it('installExitHooks() waits as long as ever at the exit of a program that went on after an exception', async () => {
    await startSink(() => {})
    const program = `${HOLDING}
      process.on('uncaughtException', () => setImmediate(() => process.exit(3)))
      throw new Error()
    `
    const { exitCode, stderr } = await run(program, { deadlineMillis: 2_500 })
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: lost(5, 'did not answer within 2500 ms') })
  })

  it.each<[string, string, object]>([
    ['a signal came', `process.kill(process.pid, 'SIGTERM')`, { signal: 'SIGTERM' }],
    ['it ran out of work', '', { exitCode: 0 }],
  ])('installExitHooks() lets the process end although a flush does not when %s', async (_, end, expected) => {
    const program = `drainable.flush = () => new Promise(() => {})\n${HOLDING}${end}`
    expect(await run(program, { deadlineMillis: 200 })).toMatchObject({
      ...expected,
      stderr: lost(5, 'did not take them within 200 ms'),
    })
  })

  it('installExitHooks() says which status the server answered', async () => {
    await startSink((response) => response.writeHead(503).end())
    expect((await run(`${HOLDING}process.exit(3)`)).stderr).toBe(lost(5, 'answered 503'))
  })

  it('installExitHooks() says that nobody listens at the address', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A server that listens on TCP has this kind of address.
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    await new Promise((resolve) => server.close(resolve))
    const result = await run(`${HOLDING}process.exit(3)`, { url })
    expect(result).toMatchObject({ exitCode: 3, stderr: lost(5, 'could not be reached (ECONNREFUSED)', url) })
  })

  it('installExitHooks() counts what was taken before the server fell silent', async () => {
    await startSink((response, body) => {
      if (body === 'two') response.end('{}')
    })
    const { stderr } = await run(`${HOLDING}process.exit(3)`, { deadlineMillis: 3_000 })
    expect(stderr).toBe(lost(2, 'did not answer within 3000 ms'))
  })

  it('installExitHooks() ends as without it, with a line more, when threads are not allowed', async () => {
    const flag = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission'
    const options = { args: [flag, '--allow-fs-read=*'] }
    const result = await run(`${HOLDING}process.exit(3)`, options)
    expect(result).toMatchObject({
      exitCode: 3,
      stderr: lost(5, 'was not asked, for want of a thread (ERR_ACCESS_DENIED)'),
    })
  })
})

describe('installExitHooks(), with a spool', () => {
  const spooling = (outcome: string): string => `${THREADS}
    drainable.spool = {
      append: ({ body }) => writeSync(1, 'spool ' + new TextDecoder().decode(body) + '\\n') && ${outcome}
    }
    const { settle } = drainable
    drainable.settle = (remainder) => {
      const { exported, spooled, lost } = remainder
      writeSync(1, JSON.stringify({ exported, spooled, lost }) + '\\n')
      settle.call(drainable, remainder)
    }
  `

  it('installExitHooks() gives what is left to the spool, and starts no thread', async () => {
    const { stdout, exitCode } = await run(`${spooling("'stored'")}${HOLDING}await 1\nprocess.exit(3)`)
    expect({ stdout, exitCode }).toEqual({
      stdout: 'exit 3 3\nspool one\nspool two\n{"exported":0,"spooled":5,"lost":0}\n',
      exitCode: 3,
    })
    expect(sink.bodies).toEqual([])
  })

  it.each(["'full'", "'unavailable'"])('installExitHooks() sends what the spool does not take: %s', async (outcome) => {
    const { stdout } = await run(`${spooling(outcome)}${HOLDING}await 1\nprocess.exit(3)`)
    expect(stdout).toBe('exit 3 3\nspool one\nspool two\nthread\n{"exported":5,"spooled":0,"lost":0}\n')
    expect(sink.bodies.toSorted()).toEqual(['one', 'two'])
  })

  it('installExitHooks() says that neither took them', async () => {
    await startSink((response) => response.writeHead(500).end())
    const { stderr } = await run(`${spooling("'full'")}${HOLDING}process.exit(3)`)
    expect(stderr).toContain('answered 500. The spool did not take them either.\n')
  })
})
