import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type DevServer, startDevServer } from '@axion/dev-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyApi } from './copy-api.js'
import { AXION, doctorProject, findingsIn, PROGRAMS, type PrintedFinding, runDoctor } from './doctor-project.js'
import { environmentWith, type Run } from './run-node.js'
import { openaiScript } from './targets/openai-script.js'
import { startScriptedApi } from './targets/scripted-api.js'
import { temporaryFolder } from './temporary-folder.js'

describe('axion doctor -- command', () => {
  let server: DevServer
  let api: Awaited<ReturnType<typeof startScriptedApi>>
  let env: Record<string, string>

  beforeAll(async () => {
    api = await startScriptedApi(openaiScript)
    server = await startDevServer({ dataDir: await temporaryFolder() })
    const { url, publicKey, secretKey } = server
    env = {
      LANGFUSE_BASE_URL: url,
      LANGFUSE_PUBLIC_KEY: publicKey,
      LANGFUSE_SECRET_KEY: secretKey,
      API_URL: `${api.url}/v1`,
    }
  })
  afterAll(async () => {
    api.close()
    await server.close()
  })

  const examine = async (
    files: Readonly<Record<string, string>>,
    command: readonly string[],
    added: Record<string, string> = {},
  ): Promise<{ run: Run; findings: Map<string, PrintedFinding> }> => {
    const run = await runDoctor(await doctorProject(files), ['--json', '--', ...command], { ...env, ...added })
    return { run, findings: findingsIn(run.stderr) }
  }

  it.each([
    ['app.mjs', 'ES modules'],
    ['app.cjs', 'CommonJS'],
  ])('says what was patched and called in %s, and leaves its output alone', async (program, moduleSystem) => {
    const run = await runDoctor(await doctorProject(PROGRAMS), ['--', 'node', program], env)
    expect(run).toMatchObject({ code: 0, stdout: 'Hello\n' })
    const openai = new RegExp(
      `^ok {7}openai {8}6\\.\\d+\\.\\d+ patched in ${moduleSystem}; spans of its calls: 1 \\(`,
      'm',
    )
    expect(run.stderr).toMatch(openai)
    expect(run.stderr).toMatch(/^ok {7}provider {6}Axion's is OpenTelemetry's global provider$/m)
    expect(run.stderr).toMatch(/^ok {7}command {7}ended with 0; 1 process under the hook; openai\.chat ×1$/m)
    expect(run.stderr).toMatch(/^ok {7}delivery {6}spans delivered: 1, failed: 0, not sent yet: 0$/m)
    expect(run.stderr).toMatch(/^0 problems, 0 warnings$/m)
    expect(run.stderr).not.toContain(env.LANGFUSE_SECRET_KEY)
  })

  it('follows the processes that a command starts, and the spans of one that exits at once', async () => {
    const files = {
      ...PROGRAMS,
      'parent.cjs': "require('node:child_process').spawn('node', ['exiting.cjs'], { stdio: 'inherit' })",
      'exiting.cjs': PROGRAMS['app.cjs'].replace(/console\.log.*/, 'process.exit())'),
    }
    const { findings } = await examine(files, ['node', 'parent.cjs'])
    expect(findings.get('command')).toMatchObject({
      status: 'ok',
      details: { processes: [expect.anything(), expect.anything()], spans: [{ name: 'openai.chat', count: 1 }] },
    })
    expect(findings.get('delivery')).toMatchObject({ status: 'ok', details: { exported: 1 } })
  })

  it('knows a library inside a bundle by its requests', async () => {
    const folder = await doctorProject(PROGRAMS)
    const { build } = await import('vite')
    await build({
      root: folder,
      logLevel: 'silent',
      build: { ssr: 'app.mjs', outDir: 'out', minify: true, rollupOptions: { output: { entryFileNames: 'app.mjs' } } },
      ssr: { noExternal: true },
    })
    const run = await runDoctor(folder, ['--json', '--', 'node', 'out/app.mjs'], env)
    expect(run).toMatchObject({ code: 1, stdout: 'Hello\n' })
    expect(findingsIn(run.stderr).get('openai')).toMatchObject({
      status: 'problem',
      text: expect.stringContaining('it is inside a bundle'),
      fix: expect.stringContaining('instrument(client)'),
      details: { requests: 1, spans: 0 },
    })
  })

  it('sees that a client was handed to instrument()', async () => {
    const program = `
      import { instrument } from '@axion/register'
      import { OpenAI as Client } from 'openai'
      const OpenAI = function (options) { return instrument(new Client(options)) }
      ${PROGRAMS['app.mjs'].split('\n').slice(1).join('\n')}`
    const { findings } = await examine({ 'app.mjs': program }, ['node', 'app.mjs'], {
      AXION_INSTRUMENTATIONS: 'anthropic',
    })
    expect(findings.get('openai')).toMatchObject({
      status: 'ok',
      text: 'traced through instrument() or wrap(); spans of its calls: 1',
    })
  })

  it('names a version that is not supported', async () => {
    const folder = await doctorProject({
      'node_modules/@anthropic-ai/sdk/package.json': '{"version":"99.0.0","main":"resources/messages.js"}',
      'node_modules/@anthropic-ai/sdk/resources/messages.js': 'exports.Messages = class {}',
      'app.cjs': "require('@anthropic-ai/sdk')",
    })
    const run = await runDoctor(folder, ['--json', '--', 'node', 'app.cjs'], env)
    expect(run.code).toBe(1)
    expect(findingsIn(run.stderr).get('anthropic')).toMatchObject({
      status: 'problem',
      text: expect.stringContaining('99.0.0 is not supported'),
    })
  })

  it('says that spans of a newer copy of the API are lost', async () => {
    const folder = await doctorProject({
      'node_modules/other/package.json': '{"name":"other","main":"other.js"}',
      'node_modules/other/other.js': "require('@opentelemetry/api').trace.getTracer('other').startSpan('lost').end()",
      'app.cjs': "require('other')",
    })
    await copyApi(join(folder, 'node_modules/other/node_modules/@opentelemetry/api'), '1.99.0')
    const run = await runDoctor(folder, ['--json', '--', 'node', 'app.cjs'], env)
    expect(run.code).toBe(1)
    const findings = findingsIn(run.stderr)
    expect(findings.get('api')).toMatchObject({
      status: 'problem',
      text: expect.stringMatching(/spans made with @opentelemetry\/api 1\.99\.0 in .*other.* are lost/),
      fix: expect.stringContaining('overrides'),
    })
    // It is true.
    expect(findings.get('command')).toMatchObject({ details: { spans: [] } })
  })

  it('names another provider that came too late, and does not take our own for one', async () => {
    const other = `
      import { trace } from '@opentelemetry/api'
      import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
      class TheirProvider extends BasicTracerProvider {}
      trace.setGlobalTracerProvider(new TheirProvider())`
    const own = "import { configureTracing } from '@axion/exporter'\nconfigureTracing()"
    const { run, findings } = await examine({ 'app.mjs': other }, ['node', 'app.mjs'])
    expect(run.code).toBe(0)
    expect(findings.get('provider')).toMatchObject({
      status: 'warning',
      text: expect.stringContaining('TheirProvider came too late'),
      fix: expect.stringContaining('createLangfuseSpanProcessor()'),
    })
    const { findings: well } = await examine({ 'app.mjs': own }, ['node', 'app.mjs'])
    expect(well.get('provider')).not.toMatchObject({ status: 'warning' })
  })

  it('names a provider that was there first', async () => {
    const first = `
      const { trace } = require('@opentelemetry/api')
      const { BasicTracerProvider } = require('@opentelemetry/sdk-trace-base')
      class TheirProvider extends BasicTracerProvider {}
      trace.setGlobalTracerProvider(new TheirProvider())`
    const folder = await doctorProject({ 'first.cjs': first, ...PROGRAMS })
    const preload = `--require ${JSON.stringify(join(folder, 'first.cjs'))}`
    const run = await runDoctor(folder, ['--json', '--', 'node', 'app.mjs'], { ...env, NODE_OPTIONS: preload })
    expect(run).toMatchObject({ code: 1, stdout: 'Hello\n' })
    expect(findingsIn(run.stderr).get('provider')).toMatchObject({
      status: 'problem',
      text: expect.stringMatching(/^TheirProvider is OpenTelemetry's global provider/),
    })
  })

  it('names spans that were not delivered', async () => {
    const { run, findings } = await examine(PROGRAMS, ['node', 'app.mjs'], { LANGFUSE_SECRET_KEY: 'sk-lf-wrong' })
    expect(run).toMatchObject({ code: 1, stdout: 'Hello\n' })
    expect(findings.get('delivery')).toMatchObject({ status: 'problem', details: { exported: 0, failed: 1 } })
    expect(findings.get('server')).toMatchObject({ status: 'problem' })
  })

  it('does not ask for keys that the command brings itself', async () => {
    const { LANGFUSE_PUBLIC_KEY, LANGFUSE_SECRET_KEY, ...rest } = env
    const keys = `LANGFUSE_PUBLIC_KEY=${LANGFUSE_PUBLIC_KEY}\nLANGFUSE_SECRET_KEY=${LANGFUSE_SECRET_KEY}\n`
    const folder = await doctorProject({ ...PROGRAMS, '.env': keys })
    const run = await runDoctor(folder, ['--json', '--', 'node', '--env-file=.env', 'app.mjs'], rest)
    expect(run.code).toBe(0)
    expect(findingsIn(run.stderr).get('credentials')).toMatchObject({ status: 'note' })
    expect(findingsIn(run.stderr).get('delivery')).toMatchObject({ status: 'ok' })
  })

  it.each<[string, readonly string[], string, string]>([
    ['that does not exist', ['no-such-command'], 'it did not start: ', 'check its name'],
    ['without Node', ['true'], 'no Node.js process of it loaded the hook', 'NODE_OPTIONS'],
    ['that fails', ['node', '--eval', 'process.exitCode = 7'], 'ended with 7', 'run it without axion doctor'],
    [
      'that is killed',
      ['node', '--eval', 'process.kill(process.pid, "SIGKILL")'],
      'ended by SIGKILL',
      'run it without',
    ],
  ])('names a command %s, and exits with 1', async (_, command, text, fix) => {
    const { run, findings } = await examine({}, command)
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(findings.get('command')).toMatchObject({
      status: 'problem',
      text: expect.stringContaining(text),
      fix: expect.stringContaining(fix),
    })
  })

  it('a signal ends the command, and the report follows', async () => {
    const service = `${PROGRAMS['app.mjs']}\nsetInterval(() => {}, 1000)`
    const folder = await doctorProject({ 'app.mjs': service })
    const child = spawn(process.execPath, [AXION, 'doctor', '--json', '--', 'node', 'app.mjs'], {
      cwd: folder,
      env: environmentWith(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk
    })
    child.stdout.once('data', () => child.kill('SIGTERM'))
    const [code] = await once(child, 'close')
    expect(code).toBe(0)
    const findings = findingsIn(stderr)
    expect(findings.get('command')).toMatchObject({ status: 'ok', text: expect.stringContaining('ended by SIGTERM') })
    expect(findings.get('openai')).toMatchObject({ status: 'ok', details: { moduleSystems: ['esm'], spans: 1 } })
  })
})
