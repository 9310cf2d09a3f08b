import { beforeAll, describe, expect, it } from 'vitest'
import { type TracedProgram, traceProgram, treeOf } from './trace-program.js'

const MODULES = ['client/index.js', 'server/mcp.js', 'inMemory.js', 'client/stdio.js'].map(
  (file) => `@modelcontextprotocol/sdk/${file}`,
)

describe.each(['mjs', 'cjs'])('@modelcontextprotocol/sdk in a program.%s under --import @axion/register', (kind) => {
  let run: TracedProgram

  beforeAll(async () => {
    run = await traceProgram([`programs/target-app.${kind}`, './use-mcp.cjs', ...MODULES], () => {})
  })

  it('the program prints what it prints without it, byte for byte, and ends well', () => {
    expect(run.plain).toMatchObject({ code: 0, stderr: '' })
    expect(run.traced).toEqual(run.plain)
  })

  // The outer one is the client's, the inner one the server's.
  it.each([
    ['list', 'span list'],
    ['call', 'span call (tool weather (tool weather (span look outside)))'],
    ['metadata', 'span metadata (tool weather (tool weather (span look outside)))'],
    ['tool error', 'tool tool error (tool weather (tool weather))'],
    ['no such tool', 'tool no such tool (tool missing (tool missing))'],
    ['abort', 'span abort (tool weather)'],
    ['other process', 'span other process (tool weather (tool weather))'],
  ])('%s is one tree from the client to the server', (name, tree) => {
    expect(treeOf(run.traces.get(name))).toBe(tree)
  })

  it.each<[string, object]>([
    ['call', { input: { city: 'Oslo' }, output: 'sunny in Oslo', level: 'DEFAULT' }],
    ['tool error', { input: { city: 'Atlantis' }, level: 'ERROR', statusMessage: 'no such city' }],
    ['abort', { level: 'ERROR' }],
  ])('%s says what the tool got and gave, on both sides', (name, expected) => {
    const tools = run.traces.get(name)?.observations.filter((one) => one.type === 'TOOL' && one.parentId !== null)
    expect(tools).not.toHaveLength(0)
    for (const tool of tools ?? []) expect(tool).toMatchObject(expected)
  })
})
