import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROGRAM_HEAD } from './decorated-service.fixture.js'
import { type Compiled, compileCore } from './run-compiled.fixture.js'

// `using` as compilers make it, with and without the type annotations that users write.
const PROGRAM = `
import type { Span } from './core/index.js'
${PROGRAM_HEAD}
const tracer = new Tracer()
const hop = () => new Promise<void>((resolve) => setImmediate(resolve))
const messageOf = async (run: () => unknown) => {
  try { await run() } catch (error) { return (error as Error).message }
  return 'nothing was thrown'
}

{
  using parent: Span = tracer.startSpan('parent')
  using child = parent.startSpan('child')
  child.setInput('in')
}

results.push(await messageOf(() => {
  using _span = tracer.startSpan('thrown through')
  throw new Error('out')
}))

results.push(await messageOf(() => {
  using span = tracer.startSpan('told')
  try {
    throw new Error('told')
  } catch (error) {
    span.recordError(error)
    throw error
  }
}))

results.push(await messageOf(async () => {
  await using span = tracer.startSpan('awaited')
  await hop()
  span.setOutput('late')
  await using _rejected = span.startSpan('rejected through')
  await hop()
  throw new Error('rejected')
}))

results.push(await messageOf(() => tracer.span('around', (around) => {
  using _inside = around.startSpan('inside')
  throw new Error('known to the one around')
})))

const ends = (function* () {
  using span = tracer.startSpan('of a generator')
  span.setMetadata({ step: 1 })
  yield 1
  yield 2
})()
for (const _ of ends) break

for (const name of ['first', 'second']) {
  using span = tracer.startSpan(name)
  if (name === 'first') continue
  span.setLevel('WARNING')
}

{
  using span = tracer.startSpan('ended before')
  span.end()
}

const order = exporter.getFinishedSpans().map(({ name, status }) => [name, status.message ?? null])
console.log(JSON.stringify({ results, order, said }))
`

describe('startSpan() with `using`', () => {
  let compiled: Compiled
  beforeAll(async () => {
    compiled = await compileCore()
  })
  afterAll(() => compiled.close())

  it.each(['tsc', 'esbuild'] as const)('a span ends with its block, however that ends, compiled by %s', async (by) => {
    const { code, stdout, stderr } = await compiled.runTypeScript(PROGRAM, { by })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const { results, order, said } = JSON.parse(stdout)
    expect(results).toEqual(['out', 'told', 'rejected', 'known to the one around'])
    expect(order).toEqual([
      // Inner ones first.
      ['child', null],
      ['parent', null],
      // What a block throws is not told to what it disposes of: the span ends, and is no error.
      ['thrown through', null],
      ['told', 'told'],
      ['rejected through', null],
      ['awaited', null],
      ['inside', null],
      ['around', 'known to the one around'],
      ['of a generator', null],
      ['first', null],
      ['second', null],
      ['ended before', null],
    ])
    expect(said).toEqual([])
  })
})
