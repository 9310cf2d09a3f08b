import { createRequire } from 'node:module'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BodySink, startBodySink } from './body-sink.fixture.js'
import { type ProgramEnd, startEndingProgram } from './ending-program.fixture.js'

/** Two versions that do not know each other; each is skipped where it is not installed. */
const VERSIONS = ['signal-exit-3', 'signal-exit-4'].map((name) => ({ name, path: resolve(name) }))

function resolve(name: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(name)
  } catch {
    return undefined
  }
}

/** Loads a version and has it say when it is called. */
const load = (path: string | undefined): string => `{
  const loaded = require(${JSON.stringify(path)})
  const onExit = loaded.onExit ?? loaded
  onExit((code, signal) => console.log('signal-exit', code, signal))
}`

const program = (before: string, after: string): string => `
  import { createRequire } from 'node:module'
  const require = createRequire(process.cwd() + '/')
  uninstall()
  ${before}
  HOOKED && installExitHooks(drainable, hooks)
  ${after}
  drainable.hold('one')
  setInterval(() => {}, 1000)
  console.log('ready')
`

let sink: BodySink
beforeEach(async () => {
  sink = await startBodySink()
})
afterEach(() => sink.close())

async function terminated(source: string, hooked: boolean): Promise<ProgramEnd> {
  const running = startEndingProgram(source, { url: sink.url, hooked })
  await running.says('ready')
  running.process.kill('SIGTERM')
  return running.end
}

describe.each(VERSIONS)('isHandledByOthers(), beside $name', ({ path }) => {
  it.each<[string, string, string]>([
    ['before', load(path), ''],
    ['after', '', load(path)],
    ['before and after', load(path), load(path)],
  ])('isHandledByOthers() lets the process end by the signal when it was loaded %s us', async (_, before, after) => {
    const without = await terminated(program(before, after), false)
    expect(without).toMatchObject({ signal: 'SIGTERM', stdout: expect.stringContaining('signal-exit null SIGTERM') })
    expect(await terminated(program(before, after), true)).toEqual(without)
    expect(sink.bodies).toEqual(['one'])
  })

  it('isHandledByOthers() leaves the end to a listener of the application beside it', async () => {
    const listener = `process.on('SIGTERM', () => setTimeout(() => process.exit(5)))`
    const without = await terminated(program(load(path), listener), false)
    expect(without).toMatchObject({ exitCode: 5, signal: null })
    expect(await terminated(program(load(path), listener), true)).toEqual(without)
    expect(sink.bodies).toEqual(['one'])
  })
})

it('isHandledByOthers() lets the process end beside both', async () => {
  const both = VERSIONS.map(({ path }) => load(path)).join('\n')
  const without = await terminated(program(both, ''), false)
  expect(without.signal).toBe('SIGTERM')
  expect(await terminated(program(both, ''), true)).toEqual(without)
  expect(sink.bodies).toEqual(['one'])
})
