import { beforeAll, describe, expect, it } from 'vitest'
import { installedMajors } from './installed-majors.js'
import { openaiScript } from './openai-script.js'
import { inTime, type TracedProgram, traceProgram, treeOf } from './trace-program.js'

const PROVIDERS: Readonly<Record<string, string>> = {
  'ai-5': 'ai-openai-2',
  'ai-6': 'ai-openai-3',
  'ai-7': 'ai-openai-4',
}
const CASES = installedMajors(Object.keys(PROVIDERS)).flatMap((major) =>
  ['mjs', 'cjs'].map((kind) => [major, kind] as const),
)
const USAGE = { input: 12, output: 5, total: 32, input_cached_tokens: 8, output_reasoning_tokens: 7 }
const INPUT = [{ role: 'user' }]

describe.each(CASES)('%s in a program.%s under --import @axion/register', (major, kind) => {
  let run: TracedProgram

  beforeAll(async () => {
    const modules = [major, PROVIDERS[major] ?? '']
    run = await traceProgram([`programs/target-app.${kind}`, './use-ai.cjs', ...modules], openaiScript)
  })

  it('the program prints what it prints without it, byte for byte, and ends well', () => {
    expect(run.plain).toMatchObject({ code: 0, stderr: '' })
    expect(run.traced).toEqual(run.plain)
  })

  it.each([
    ['generateText', 'span ai.generateText (generation ai.generateText.doGenerate)'],
    [
      'tools',
      'span ai.generateText (generation ai.generateText.doGenerate, tool weather (span look outside), generation ai.generateText.doGenerate)',
    ],
    ['streamText', 'span ai.streamText (generation ai.streamText.doStream)'],
    ['stream of parts', 'span ai.streamText (generation ai.streamText.doStream)'],
    ['abort', 'span ai.streamText (generation ai.streamText.doStream)'],
    ['generateObject', 'span ai.generateObject (generation ai.generateObject.doGenerate)'],
    ['streamObject', 'span ai.streamObject (generation ai.streamObject.doStream)'],
    ['response of a route', 'span ai.streamText (generation ai.streamText.doStream)'],
    ['abort before an answer', 'span ai.generateText (generation ai.generateText.doGenerate)'],
    ['embed', 'span ai.embed (embedding ai.embed.doEmbed)'],
    ['error', 'span ai.generateText (generation ai.generateText.doGenerate)'],
    ['retry', 'span ai.generateText (generation ai.generateText.doGenerate, generation ai.generateText.doGenerate)'],
  ])('%s is a tree inside the span of the application', (name, tree) => {
    expect(treeOf(run.traces.get(name)).replace(/^.*? \(/, '')).toBe(`${tree})`)
  })

  it.each<[string, object]>([
    ['generateText', { model: 'gpt-2026', input: [{ role: 'system', content: 'be brief' }, ...INPUT], usage: USAGE }],
    ['tools', { input: expect.anything(), usage: USAGE, output: expect.anything() }],
    ['streamText', { input: INPUT, usage: USAGE, timeToFirstTokenSeconds: expect.any(Number) }],
    ['abort', { level: 'WARNING', statusMessage: 'aborted by the application', model: 'gpt-endless' }],
    ['generateObject', { usage: USAGE, model: 'gpt-2026' }],
    ['streamObject', { usage: USAGE }],
    ['response of a route', { input: INPUT, usage: USAGE }],
    ['abort before an answer', { level: 'ERROR', model: 'gpt-silent' }],
    ['embed', { input: ['hi'], output: { embeddings: 1, dimensions: 2 }, usage: { input: 3 } }],
    ['error', { level: 'ERROR', statusMessage: expect.stringContaining('no such model'), model: 'missing' }],
    ['retry', { level: 'ERROR', statusMessage: expect.stringContaining('slow down') }],
  ])('%s has a request with all that the SDK tells', (name, expected) => {
    const [first] = inTime(
      (run.traces.get(name)?.observations ?? []).filter(
        (one) => one.parentId !== null && ['GENERATION', 'EMBEDDING'].includes(one.type),
      ),
    )
    expect(first).toMatchObject(expected)
  })

  it.each([
    ['generateText', 'Hello'],
    ['tools', 'It is sunny'],
    ['streamText', 'Hello'],
    ['generateObject', { a: 1 }],
    ['retry', 'Hello'],
  ])('%s has the answer on the span of the call', (name, output) => {
    const call = run.traces.get(name)?.observations.find((one) => /^ai\.\w+$/.test(one.name ?? ''))
    expect(call?.output).toEqual(output)
  })

  it('tools have what they were called with and what they gave', () => {
    const tool = run.traces.get('tools')?.observations.find(({ name }) => name === 'weather')
    expect(tool).toMatchObject({ type: 'TOOL', input: {}, output: 'sunny' })
  })

  it('a call that declines telemetry makes no span', () => {
    expect(treeOf(run.traces.get('declined'))).toBe('span declined')
  })
})
