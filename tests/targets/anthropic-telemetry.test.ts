import { describe, expect, it } from 'vitest'
import { anthropicScript } from './anthropic-script.js'
import { installedMajors } from './installed-majors.js'
import { type TracedProgram, traceProgram, treeOf } from './trace-program.js'

const OURS = '(generation anthropic.messages)'
const THEIRS = '(generation anthropic.messages.create)'

// The client finds the provider of the process by itself, so that whoever does not decide between it and us has each call twice.
describe.each(installedMajors(['anthropic-0', 'anthropic-1']))('telemetry of its own in %s', (library) => {
  const run = (env: Readonly<Record<string, string>>): Promise<TracedProgram> =>
    traceProgram(['programs/target-app.cjs', './use-anthropic-telemetry.cjs', library], anthropicScript, env)

  it.each<[string, Record<string, string>, string]>([
    ['gives way to ours', {}, OURS],
    [
      'gives way to ours also when it is asked for content',
      { ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE: 'content' },
      OURS,
    ],
    ['can be off', { ANTHROPIC_OPEN_TELEMETRY: 'false' }, OURS],
    ['is used where ours is off', { AXION_DISABLED_INSTRUMENTATIONS: 'anthropic' }, THEIRS],
  ])('%s, and a call is one generation', async (_, env, tree) => {
    const { plain, traced, traces } = await run(env)
    expect(plain).toMatchObject({ code: 0, stderr: '' })
    expect(traced).toEqual(plain)
    expect(treeOf(traces.get('create'))).toBe(`span create ${tree}`)
    expect(treeOf(traces.get('stream helper'))).toBe(`span stream helper ${tree}`)
  })

  it('that the application sends to a provider of its own goes there all the same', async () => {
    const { plain, traced, traces } = await run({})
    const spans = 'spans of its own provider ["anthropic.messages.create","anthropic.messages.create"]'
    expect(plain.stdout).toContain(spans)
    expect(traced.stdout).toContain(spans)
    expect(treeOf(traces.get('own provider create'))).toBe(`span own provider create ${OURS}`)
    expect(treeOf(traces.get('own provider stream helper'))).toBe(`span own provider stream helper ${OURS}`)
  })
})
