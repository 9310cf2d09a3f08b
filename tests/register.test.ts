import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from './read-sources.js'
import { type Run, runNode } from './run-node.js'
import { openaiScript } from './targets/openai-script.js'
import { startScriptedApi } from './targets/scripted-api.js'
import { temporaryFolder } from './temporary-folder.js'

const CWD = join(ROOT, 'tests/targets')
const PROGRAM = 'programs/one-call.mjs'
const HOOK = ['--import', '@axion/register']

describe('@axion/register', () => {
  let api: Awaited<ReturnType<typeof startScriptedApi>>

  beforeAll(async () => {
    api = await startScriptedApi(openaiScript)
  })

  afterAll(() => api.close())

  /** Spans are printed, as JSON, on standard output. */
  const run = (args: readonly string[], env: Record<string, string> = {}): Promise<Run> =>
    runNode(args, { cwd: CWD, env: { API_URL: `${api.url}/v1`, TRACING_MODE: 'console', ...env } })
  const spans = ({ stdout, stderr }: Run): string[] =>
    [...`${stdout}\n${stderr}`.matchAll(/^\{"name":"([^"]+)"/gm)].map(([, name]) => String(name))

  it.each([
    ['--import', HOOK],
    ['--require', ['--require', '@axion/register']],
    ['both, which install once', ['--require', '@axion/register', ...HOOK]],
  ])('traces a call once with %s', async (_, args) => {
    const result = await run([...args, PROGRAM, 'plain', 'openai-6'])
    expect(result).toMatchObject({ code: 0 })
    expect(spans(result)).toEqual(['openai.chat'])
  })

  it('register() in the program traces what is imported after it', async () => {
    expect(spans(await run([PROGRAM, 'register', 'openai-6'], { TRACING_MODE: '' }))).toEqual(['openai.chat'])
  })

  it.each(['instrument', 'wrap'])('%s() traces what the hooks have not, and nothing twice', async (how) => {
    // The hooks leave the library alone, as they have to in a bundle.
    const alone = await run([PROGRAM, how, 'openai-6'], { AXION_INSTRUMENTATIONS: 'anthropic' })
    expect(spans(alone)).toEqual(['openai.chat'])
    expect(spans(await run([...HOOK, PROGRAM, how, 'openai-6']))).toEqual(['openai.chat'])
  })

  it('leaves a call alone that the application has a generation for', async () => {
    expect(spans(await run([...HOOK, PROGRAM, 'owned', 'openai-6']))).toEqual(['mine'])
  })

  it.each([
    ['TRACING_MODE', 'noop'],
    ['OTEL_SDK_DISABLED', 'true'],
  ])('does nothing at all with %s=%s', async (variable, value) => {
    const look = 'console.log(Object.getOwnPropertySymbols(globalThis).map(String).join())'
    const { stdout } = await run([...HOOK, '--input-type=module', '--eval', look], { [variable]: value })
    expect(stdout).not.toMatch(/axion\.register|opentelemetry\.js\.api/)
    expect((await run([...HOOK, '--input-type=module', '--eval', look])).stdout).toMatch(/axion\.register/)
    expect(spans(await run([...HOOK, PROGRAM, 'plain', 'openai-6'], { [variable]: value }))).toEqual([])
  })

  it('traces only what AXION_INSTRUMENTATIONS names, and not what AXION_DISABLED_INSTRUMENTATIONS does', async () => {
    const plain = [...HOOK, PROGRAM, 'plain', 'openai-6']
    expect(spans(await run(plain, { AXION_INSTRUMENTATIONS: 'anthropic' }))).toEqual([])
    expect(spans(await run(plain, { AXION_INSTRUMENTATIONS: 'openai, anthropic' }))).toEqual(['openai.chat'])
    expect(spans(await run(plain, { AXION_DISABLED_INSTRUMENTATIONS: 'openai' }))).toEqual([])
    const wrong = await run(plain, { AXION_INSTRUMENTATIONS: 'opnai' })
    expect(wrong.stderr).toContain('Ignored "opnai" in AXION_INSTRUMENTATIONS: expected names of openai,')
  })

  it('sends spans through what the application configures itself, when it comes first with that', async () => {
    const register = join(ROOT, 'packages/register/dist/index.js')
    const program = `
      import { configureTracing } from '@axion/exporter'
      import { Tracer } from '@axion/core'
      import { context, propagation } from '@opentelemetry/api'
      configureTracing({ mode: 'console' })
      new Tracer().span('work', () => {
        const headers = {}
        propagation.inject(context.active(), headers)
        console.log(headers.traceparent)
      })
    `
    const args = ['--import', pathToFileURL(register).href, '--input-type=module', '--eval', program]
    // The environment sends spans nowhere.
    const result = await runNode(args, { cwd: join(ROOT, 'tests') })
    expect(spans(result)).toEqual(['work'])
    // No word of a provider in the way, and requests carry the trace.
    expect(result.stdout).toContain('00-')
    expect(result.stderr).not.toContain('provider')
  })

  it('keeps the context that was set before the first span', async () => {
    const program = `
      import { Tracer, withTraceContext } from '@axion/core'
      await withTraceContext({ userId: 'ada' }, async () => { new Tracer().span('work', () => {}) })
    `
    const result = await run([...HOOK, '--input-type=module', '--eval', program])
    expect(`${result.stdout}${result.stderr}`).toContain('"user.id":"ada"')
  })

  it('is silent, but for one line with AXION_LOG_LEVEL=info', async () => {
    const program = [...HOOK, '--eval', '0']
    expect(await run(program)).toEqual({ code: 0, stdout: '', stderr: '' })
    const { stderr } = await run(program, { AXION_LOG_LEVEL: 'info' })
    expect(stderr).toMatch(
      /^\[axion\] Watching require \(Module\._extensions\) and import \(module\.register.*openai.*\n$/,
    )
  })

  it.each(['esm', 'commonjs'])(
    'reports a version that nobody has tried, once, and leaves it alone: %s',
    async (kind) => {
      const program = await fakeLibrary(kind, '99.0.0', 'class Completions { create() { return "made" } }')
      const result = await run([...HOOK, program])
      expect(result).toMatchObject({ code: 0, stdout: 'made\n' })
      expect(result.stderr).toBe(
        '[axion] Calls of openai are not traced: it is version 99.0.0, expected one from 4.0.0 and below 8.0.0\n',
      )
    },
  )

  it.each(['esm', 'commonjs'])('a patch that throws leaves the library as it was: %s', async (kind) => {
    // A prototype that cannot be changed makes every patch of it throw.
    const source = 'class Completions { create() { return "made" } }; Object.freeze(Completions.prototype)'
    const result = await run([...HOOK, await fakeLibrary(kind, '6.0.0', source)])
    expect(result).toMatchObject({ code: 0, stdout: 'made\n' })
    expect(result.stderr).toMatch(
      /^\[axion\] Calls of openai 6\.0\.0 are not traced: patching resources\/.* failed with TypeError/,
    )
  })

  /** A library of the name and shape of openai's, and a program that uses it. */
  async function fakeLibrary(kind: string, version: string, source: string): Promise<string> {
    const folder = await temporaryFolder()
    const root = join(folder, 'node_modules/openai')
    await mkdir(join(root, 'resources/chat'), { recursive: true })
    const isEsm = kind === 'esm'
    const file = `resources/chat/completions.${isEsm ? 'mjs' : 'js'}`
    await writeFile(
      join(root, 'package.json'),
      JSON.stringify({ name: 'openai', version, main: file, exports: `./${file}` }),
    )
    await writeFile(
      join(root, file),
      `${source}\n${isEsm ? 'export { Completions }' : 'exports.Completions = Completions'}`,
    )
    const load = isEsm ? "import { Completions } from 'openai'" : "const { Completions } = require('openai')"
    const program = join(folder, `program.${isEsm ? 'mjs' : 'cjs'}`)
    await writeFile(program, `${load}\nconsole.log(new Completions().create())`)
    return program
  }
})
