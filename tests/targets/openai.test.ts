import { type DevServer, startDevServer } from '@axion/dev-server'
import { LangfuseTraceLoader, type Trace } from '@axion/loader'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runNode } from '../run-node.js'
import { temporaryFolder } from '../temporary-folder.js'
import { installedMajors } from './installed-majors.js'
import { openaiScript } from './openai-script.js'
import { startScriptedApi } from './scripted-api.js'

const MAJORS = installedMajors(['openai-4', 'openai-5', 'openai-6', 'openai-7'])
const CASES = MAJORS.flatMap((major) => ['mjs', 'cjs'].map((kind) => [major, kind] as const))
const USAGE = { input: 12, output: 5, total: 32, input_cached_tokens: 8, output_reasoning_tokens: 7 }
const INPUT = [{ role: 'user', content: 'hi' }]

describe.each(CASES)('%s in a program.%s under --import @axion/register', (major, kind) => {
  let server: DevServer
  let traces: Map<string | null, Trace>
  let plain: Awaited<ReturnType<typeof runNode>>
  let traced: typeof plain

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder() })
    const { url: baseUrl, publicKey, secretKey } = server
    const keys = { LANGFUSE_BASE_URL: baseUrl, LANGFUSE_PUBLIC_KEY: publicKey, LANGFUSE_SECRET_KEY: secretKey }
    const run = async (args: readonly string[], env: Record<string, string>): Promise<typeof plain> => {
      const api = await startScriptedApi(openaiScript)
      try {
        const program = [`programs/openai-app.${kind}`, major]
        return await runNode([...args, ...program], {
          cwd: import.meta.dirname,
          env: { ...env, API_URL: `${api.url}/v1` },
        })
      } finally {
        api.close()
      }
    }
    plain = await run([], {})
    traced = await run(['--import', '@axion/register'], keys)
    const loader = new LangfuseTraceLoader({ baseUrl, publicKey, secretKey })
    traces = new Map([...(await loader.fetchTraces({ limit: 100 }))].map((trace) => [trace.name, trace]))
  })

  afterAll(() => server?.close())

  it('the program prints what it prints without it, byte for byte, and ends well', () => {
    expect(plain).toMatchObject({ code: 0, stderr: '' })
    expect(traced).toEqual(plain)
    expect(plain.stdout.split('\n').length).toBeGreaterThan(25)
  })

  it.each<[string, object]>([
    [
      'create',
      {
        name: 'openai.chat',
        type: 'GENERATION',
        input: INPUT,
        model: 'gpt-2026',
        modelParameters: { temperature: 0.2 },
        output: { role: 'assistant', content: 'Hello' },
        usage: USAGE,
        level: 'DEFAULT',
      },
    ],
    ['stream', { model: 'gpt-2026', input: INPUT, output: { role: 'assistant', content: 'Hello' }, usage: USAGE }],
    [
      'tool stream',
      { output: { tool_calls: [{ id: 'call_1', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }] } },
    ],
    ['stream helper', { output: { content: 'Hello' }, usage: USAGE }],
    ['parse', { model: 'gpt-2026', output: { content: '{"a":1}' }, usage: USAGE }],
    ['withResponse', { output: { content: 'Hello' }, usage: USAGE }],
    ['asResponse', { name: 'openai.chat', model: 'gpt', input: INPUT, output: null }],
    ['leave', { level: 'WARNING', statusMessage: 'the application stopped reading', output: { role: 'assistant' } }],
    ['abort', { level: 'WARNING' }],
    ['error', { level: 'ERROR', statusMessage: expect.stringContaining('no such model'), model: 'missing' }],
    ['parse error', { level: 'ERROR', statusMessage: expect.stringContaining('no such model') }],
    ['retry', { level: 'DEFAULT', output: { content: 'Hello' } }],
    [
      'embeddings',
      {
        name: 'openai.embeddings',
        type: 'EMBEDDING',
        input: 'hi',
        output: { embeddings: 1, dimensions: 2 },
        usage: { input: 3, total: 3 },
      },
    ],
    [
      'response',
      {
        name: 'openai.responses',
        input: { input: 'hi', instructions: 'be brief' },
        output: { role: 'assistant' },
        usage: USAGE,
      },
    ],
    ['response stream', { name: 'openai.responses', input: 'hi', output: { role: 'assistant' }, usage: USAGE }],
  ])('%s is one generation inside the span of the application', (name, expected) => {
    const trace = traces.get(name)
    expect(trace?.observations).toHaveLength(2)
    const child = trace?.observations.find(({ parentId }) => parentId !== null)
    expect(child).toMatchObject(expected)
    expect(child?.parentId).toBe(trace?.root?.id)
  })

  it('runTools is one generation for each request, with the call of the tool in the first', () => {
    const generations = traces.get('runTools')?.observations.filter(({ name }) => name === 'openai.chat') ?? []
    const outputs = generations
      .toSorted((a, b) => a.startTime.getTime() - b.startTime.getTime())
      .map(({ output }) => output)
    expect(outputs).toEqual([
      expect.objectContaining({ tool_calls: [expect.objectContaining({ id: 'call_1' })] }),
      expect.objectContaining({ content: 'It is sunny' }),
    ])
  })

  it.each(['stream', 'response stream', 'tool stream'])('%s has the time of its first token', (name) => {
    const child = traces.get(name)?.observations.find(({ parentId }) => parentId !== null)
    expect(child?.timeToFirstTokenSeconds).toBeGreaterThanOrEqual(0)
    expect(child?.timeToFirstTokenSeconds).not.toBeNull()
  })
})
