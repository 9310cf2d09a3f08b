import { beforeAll, describe, expect, it } from 'vitest'
import { googleGenaiScript } from './google-genai-script.js'
import { installedMajors } from './installed-majors.js'
import { type TracedProgram, traceProgram, treeOf } from './trace-program.js'

const CASES = installedMajors(['google-genai-1', 'google-genai-2', 'google-genai-3']).flatMap((major) =>
  ['mjs', 'cjs'].map((kind) => [major, kind] as const),
)
const SAID = { role: 'model', parts: [{ text: 'Hello' }] }
const USAGE = { input: 4, output: 4, total: 17, input_cached_tokens: 6, output_reasoning_tokens: 3 }
const ERROR = { level: 'ERROR', statusMessage: expect.stringContaining('no such model'), model: 'missing' }

describe.each(CASES)('%s in a program.%s under --import @axion/register', (major, kind) => {
  let run: TracedProgram

  beforeAll(async () => {
    run = await traceProgram([`programs/target-app.${kind}`, './use-google-genai.cjs', major], googleGenaiScript)
  })

  it('the program prints what it prints without it, byte for byte, and ends well', () => {
    expect(run.plain).toMatchObject({ code: 0, stderr: '' })
    expect(run.traced).toEqual(run.plain)
  })

  it.each<[string, object]>([
    [
      'create',
      {
        name: 'google.generateContent',
        type: 'GENERATION',
        model: 'gemini-2026',
        modelParameters: { temperature: 0.3 },
        input: { contents: 'hi', systemInstruction: 'be brief' },
        output: SAID,
        usage: USAGE,
        level: 'DEFAULT',
      },
    ],
    ['stream', { output: SAID, usage: USAGE, timeToFirstTokenSeconds: expect.any(Number) }],
    ['chat', { output: SAID, usage: USAGE }],
    ['chat stream', { output: SAID, usage: USAGE, timeToFirstTokenSeconds: expect.any(Number) }],
    [
      'leave',
      {
        level: 'WARNING',
        statusMessage: 'the application stopped reading',
        output: { role: 'model', parts: [{ text: 'Hel' }] },
        model: 'gemini-2026',
      },
    ],
    [
      'abort',
      {
        level: 'ERROR',
        statusMessage: expect.stringContaining('aborted'),
        output: { role: 'model', parts: [{ text: 'Hel' }] },
      },
    ],
    ['abort before an answer', { level: 'ERROR', statusMessage: expect.stringContaining('aborted'), output: null }],
    ['error', ERROR],
    ['error of a stream', ERROR],
    ['retry', { level: 'DEFAULT', output: SAID, usage: USAGE }],
    ['embeddings', { name: 'google.embedContent', type: 'EMBEDDING', output: { embeddings: 1, dimensions: 2 } }],
  ])('%s is one generation inside the span of the application', (name, expected) => {
    const trace = run.traces.get(name)
    expect(trace?.observations).toHaveLength(2)
    const child = trace?.observations.find(({ parentId }) => parentId !== null)
    expect(child).toMatchObject(expected)
    expect(child?.parentId).toBe(trace?.root?.id)
  })

  it('automatic calls is a tree with a generation for each request, and what the tool does between them', () => {
    const request = 'generation google.generateContent'
    expect(treeOf(run.traces.get('automatic calls'))).toBe(
      `span automatic calls (${request}, span look outside, ${request})`,
    )
  })
})
