import { join } from 'node:path'
import { type DevServer, startDevServer } from '@axion/dev-server'
import { LangfuseTraceLoader } from '@axion/loader'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyApi } from './copy-api.js'
import { doctorProject, findingsIn, type PrintedFinding, runDoctor } from './doctor-project.js'
import type { Run } from './run-node.js'
import { temporaryFolder } from './temporary-folder.js'

describe('axion doctor', () => {
  let server: DevServer
  let env: Record<string, string>

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder() })
    const { url, publicKey, secretKey } = server
    env = { LANGFUSE_BASE_URL: url, LANGFUSE_PUBLIC_KEY: publicKey, LANGFUSE_SECRET_KEY: secretKey }
  })
  afterAll(() => server.close())

  const examine = async (
    folder: string,
    with_: Record<string, string> = env,
  ): Promise<{ run: Run; findings: Map<string, PrintedFinding> }> => {
    const run = await runDoctor(folder, ['--json'], with_)
    return { run, findings: findingsIn(run.stdout) }
  }

  it('finds nothing wrong where all is well, sends a span and reads it back', async () => {
    const folder = await doctorProject({})
    const run = await runDoctor(folder, [], env)
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toMatch(/^ok {7}node {10}v\d+\.\d+\.\d+$/m)
    expect(run.stdout).toMatch(/^ok {7}hooks {9}require by Module\._extensions, import by module\.register/m)
    expect(run.stdout).toMatch(/^ok {7}openai {8}6\.\d+\.\d+ patched in ES modules and CommonJS \(\/.*openai\)$/m)
    expect(run.stdout).toMatch(/^- {8}anthropic {5}not installed$/m)
    expect(run.stdout).toMatch(/^ok {7}server {8}http:\/\/127\.0\.0\.1:\d+ accepts the keys: project ".+"$/m)
    expect(run.stdout).toMatch(/^0 problems, 0 warnings$/m)
    const [, traceId = ''] = /^ok {7}test span.*: trace ([0-9a-f]{32})$/m.exec(run.stdout) ?? []
    const { url: baseUrl, publicKey, secretKey } = server
    expect((await new LangfuseTraceLoader({ baseUrl, publicKey, secretKey }).fetchTrace(traceId)).name).toBe(
      'axion doctor',
    )
    for (const key of [publicKey, secretKey]) expect(run.stdout).not.toContain(key)
  })

  it('prints the same as one JSON object', async () => {
    const { run, findings } = await examine(await doctorProject({}))
    expect(run.stdout.trim().split('\n')).toHaveLength(1)
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: true })
    expect(findings.get('openai')).toMatchObject({
      status: 'ok',
      details: { library: 'openai', esm: 'patched', commonjs: 'patched', version: expect.stringMatching(/^6\./) },
    })
  })

  it.each<[string, string, Record<string, string>, object]>([
    [
      'keys that the server refuses',
      'server',
      { LANGFUSE_SECRET_KEY: 'sk-lf-wrong-one' },
      { text: expect.stringContaining('answered 401'), fix: 'check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY' },
    ],
    [
      'keys that are missing',
      'credentials',
      { LANGFUSE_PUBLIC_KEY: '', LANGFUSE_SECRET_KEY: ' ' },
      { text: 'LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY not set', fix: expect.stringContaining('axion dev') },
    ],
    [
      'keys that were exchanged',
      'credentials',
      { LANGFUSE_PUBLIC_KEY: 'sk-lf-wrong-one', LANGFUSE_SECRET_KEY: 'pk-lf-wrong-one' },
      { text: expect.stringContaining('the wrong way round') },
    ],
    [
      'a server that is down',
      'server',
      { LANGFUSE_BASE_URL: 'http://127.0.0.1:1' },
      { text: expect.stringMatching(/^http:\/\/127\.0\.0\.1:1/) },
    ],
    [
      'tracing that is switched off',
      'hooks',
      { TRACING_MODE: 'noop' },
      { text: 'tracing is switched off by TRACING_MODE=noop', fix: 'unset TRACING_MODE' },
    ],
  ])('names %s and what to do, and exits with 1', async (_, check, wrong, finding) => {
    const { run, findings } = await examine(await doctorProject({}), { ...env, ...wrong })
    expect(run).toMatchObject({ code: 1, stderr: '' })
    expect(findings.get(check)).toMatchObject({ status: 'problem', fix: expect.any(String), ...finding })
    // One thing is wrong, and one is named.
    expect([...findings.values()].filter(({ status }) => status === 'problem')).toHaveLength(1)
    expect(findings.has('test span')).toBe(false)
    expect(run.stdout).not.toMatch(/wrong-one/)
  })

  it('says that spans do not go to Langfuse where another endpoint is set', async () => {
    const { run, findings } = await examine(await doctorProject({}), { TRACING_MODE: 'console' })
    expect(run.code).toBe(0)
    expect(findings.get('credentials')).toMatchObject({
      status: 'note',
      text: expect.stringContaining('standard error'),
    })
  })

  it('says that @axion/register is not installed, and uses its own', async () => {
    const { run, findings } = await examine(await doctorProject({}, false))
    expect(run.code).toBe(0)
    expect(findings.get('register')).toMatchObject({
      status: 'warning',
      fix: expect.stringMatching(/^npm install @axion\/register/),
    })
    expect(findings.get('openai')?.status).toBe('ok')
  })

  it('names a version that is not supported, and which are', async () => {
    const manifest = JSON.stringify({ name: '@anthropic-ai/sdk', version: '99.0.0', main: 'resources/messages.js' })
    const library = 'node_modules/@anthropic-ai/sdk'
    const files = {
      [`${library}/package.json`]: manifest,
      [`${library}/resources/messages.js`]: 'exports.Messages = 1',
    }
    const { run, findings } = await examine(await doctorProject(files))
    expect(run.code).toBe(1)
    expect(findings.get('anthropic')).toMatchObject({
      status: 'problem',
      text: expect.stringMatching(/^99\.0\.0 is not supported/),
      fix: 'install a version from 0.20.0 and below 2.0.0 of @anthropic-ai/sdk',
    })
  })

  it('names a library that cannot be loaded, and goes on', async () => {
    const library = 'node_modules/@google/genai'
    const manifest = JSON.stringify({ name: '@google/genai', version: '2.0.0', main: 'dist/index.js' })
    const files = { [`${library}/package.json`]: manifest, [`${library}/dist/index.js`]: 'throw new Error("no luck")' }
    const { findings } = await examine(await doctorProject(files))
    expect(findings.get('google-genai')).toMatchObject({ status: 'warning', text: expect.stringContaining('no luck') })
    expect(findings.get('openai')?.status).toBe('ok')
  })

  it('warns of a newer copy of the API', async () => {
    const folder = await doctorProject({ 'node_modules/other/package.json': '{"name":"other"}' })
    await copyApi(join(folder, 'node_modules/other/node_modules/@opentelemetry/api'), '1.99.0')
    const { run, findings } = await examine(folder)
    expect(run.code).toBe(0)
    expect(findings.get('api')).toMatchObject({ status: 'warning', text: expect.stringContaining('1.99.0 in /') })
  })

  it.each([[['--timeout', 'soon']], [['--nonsense']]])('takes %j for wrong usage', async (args) => {
    expect(await runDoctor(await doctorProject({}), args, env)).toMatchObject({ code: 2, stdout: '' })
  })
})
