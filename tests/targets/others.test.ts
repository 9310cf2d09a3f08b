import { type DevServer, startDevServer } from '@axion/dev-server'
import { LangfuseTraceLoader, type Trace } from '@axion/loader'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Run, runNode } from '../run-node.js'
import { temporaryFolder } from '../temporary-folder.js'
import { anthropicScript } from './anthropic-script.js'
import { googleGenaiScript } from './google-genai-script.js'
import { installedMajors } from './installed-majors.js'
import { startScriptedApi } from './scripted-api.js'

const TOOL = { type: 'tool_use', id: 't_1', name: 'weather', input: { city: 'Oslo' } }
const SAID = { role: 'assistant', content: [{ type: 'text', text: 'Hello' }, TOOL] }
const CLAUDE_USAGE = { input: 9, output: 5, cache_read_input_tokens: 7, cache_creation_input_tokens: 2 }
const GEMINI_USAGE = { input: 4, output: 4, total: 17, input_cached_tokens: 6, output_reasoning_tokens: 3 }
const ERROR = { level: 'ERROR', statusMessage: expect.stringContaining('no such model') }

const LIBRARIES = [
  {
    script: anthropicScript,
    majors: ['anthropic-0.60', 'anthropic-0', 'anthropic-1'],
    expected: {
      create: {
        name: 'anthropic.messages',
        type: 'GENERATION',
        model: 'claude-2026',
        modelParameters: { max_tokens: 10, temperature: 0.3 },
        input: [
          { role: 'system', content: 'be brief' },
          { role: 'user', content: 'hi' },
        ],
        output: SAID,
        usage: CLAUDE_USAGE,
      },
      stream: { output: SAID, usage: CLAUDE_USAGE, timeToFirstTokenSeconds: expect.any(Number) },
      'stream helper': { output: SAID, usage: CLAUDE_USAGE },
      withResponse: { output: SAID },
      asResponse: { model: 'claude', output: null },
      error: ERROR,
      retry: { output: SAID, level: 'DEFAULT' },
    },
  },
  {
    script: googleGenaiScript,
    majors: ['google-genai-1', 'google-genai-2', 'google-genai-3'],
    expected: {
      create: {
        name: 'google.generateContent',
        type: 'GENERATION',
        model: 'gemini-2026',
        modelParameters: { temperature: 0.3 },
        input: { contents: 'hi', systemInstruction: 'be brief' },
        output: { role: 'model', parts: [{ text: 'Hello' }] },
        usage: GEMINI_USAGE,
      },
      stream: {
        output: { role: 'model', parts: [{ text: 'Hello' }] },
        usage: GEMINI_USAGE,
        timeToFirstTokenSeconds: expect.any(Number),
      },
      chat: { output: { role: 'model', parts: [{ text: 'Hello' }] } },
      error: ERROR,
      embeddings: { name: 'google.embedContent', type: 'EMBEDDING', output: { embeddings: 1, dimensions: 2 } },
    },
  },
] as const

const CASES = LIBRARIES.flatMap(({ majors, ...library }) =>
  installedMajors(majors).flatMap((major) => ['mjs', 'cjs'].map((kind) => ({ major, kind, ...library }))),
)

describe.each(CASES)(
  '$major in a program.$kind under --import @axion/register',
  ({ major, kind, script, expected }) => {
    let server: DevServer
    let traces: Map<string | null, Trace>
    let plain: Run
    let traced: Run

    beforeAll(async () => {
      server = await startDevServer({ dataDir: await temporaryFolder() })
      const { url: baseUrl, publicKey, secretKey } = server
      const keys = { LANGFUSE_BASE_URL: baseUrl, LANGFUSE_PUBLIC_KEY: publicKey, LANGFUSE_SECRET_KEY: secretKey }
      const run = async (args: readonly string[], env: Record<string, string>): Promise<Run> => {
        const api = await startScriptedApi(script)
        try {
          const program = [`programs/others-app.${kind}`, major]
          return await runNode([...args, ...program], { cwd: import.meta.dirname, env: { ...env, API_URL: api.url } })
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
    })

    it.each(Object.entries(expected))(
      '%s is one generation inside the span of the application',
      (name, observation) => {
        const trace = traces.get(name)
        expect(trace?.observations.map((one) => one.name)).toHaveLength(2)
        const child = trace?.observations.find(({ parentId }) => parentId !== null)
        expect(child).toMatchObject(observation)
        expect(child?.parentId).toBe(trace?.root?.id)
      },
    )
  },
)
