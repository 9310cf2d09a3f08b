import { beforeAll, describe, expect, it } from 'vitest'
import { type TracedProgram, traceProgram, treeOf } from './trace-program.js'

const VERSION_1 = ['client/index.js', 'server/mcp.js', 'inMemory.js', 'client/stdio.js'].map(
  (file) => `@modelcontextprotocol/sdk/${file}`,
)
const VERSION_2 = ['client', 'server', 'client', 'client/stdio'].map((entry) => `@modelcontextprotocol/${entry}`)
const CASES = ['mjs', 'cjs'].flatMap((kind) => [
  { library: '@modelcontextprotocol/sdk', kind, modules: VERSION_1 },
  { library: '@modelcontextprotocol/client', kind, modules: VERSION_2 },
])

describe.each(CASES)('$library in a program.$kind under --import @axion/register', ({ library, kind, modules }) => {
  let run: TracedProgram

  beforeAll(async () => {
    run = await traceProgram([`programs/target-app.${kind}`, './use-mcp.cjs', ...modules], () => {})
  })

  it('the program prints what it prints without it, byte for byte, and ends well', () => {
    expect(run.plain).toMatchObject({ code: 0, stderr: '' })
    expect(run.traced).toEqual(run.plain)
  })

  // The outer one is the client's, the inner one the server's.
  it.each<readonly [string, string]>([
    ['list', 'span list'],
    ['call', 'span call (tool weather (tool weather (span look outside)))'],
    ['metadata', 'span metadata (tool weather (tool weather (span look outside)))'],
    ['tool error', 'tool tool error (tool weather (tool weather))'],
    ['no such tool', 'tool no such tool (tool missing (tool missing))'],
    ['abort', 'span abort (tool weather)'],
    ['abort in the middle', 'span abort in the middle (tool weather)'],
    ['other process', 'span other process (tool weather (tool weather))'],
    ...(library.endsWith('client')
      ? [['stateless', 'span stateless (tool weather (tool weather (span look outside)))'] as const]
      : []),
  ])('%s is one tree from the client to the server', (name, tree) => {
    expect(treeOf(run.traces.get(name))).toBe(tree)
  })

  it.each<[string, object]>([
    ['call', { input: { city: 'Oslo' }, output: 'sunny in Oslo', level: 'DEFAULT' }],
    ['tool error', { input: { city: 'Atlantis' }, level: 'ERROR', statusMessage: 'no such city' }],
    ['abort', { level: 'ERROR' }],
    ['abort in the middle', { level: 'ERROR', statusMessage: expect.stringContaining('enough') }],
  ])('%s says what the tool got and gave, on both sides', (name, expected) => {
    const tools = run.traces.get(name)?.observations.filter((one) => one.type === 'TOOL' && one.parentId !== null)
    expect(tools).not.toHaveLength(0)
    for (const tool of tools ?? []) expect(tool).toMatchObject(expected)
  })
})
