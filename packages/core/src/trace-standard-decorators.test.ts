import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  MINIFIED_PROGRAM,
  PROGRAM_HEAD,
  PROGRAM_TAIL,
  SHARED_PROGRAM,
  SHARED_RESULT,
} from './decorated-service.fixture.js'
import { type Compiled, compileCore } from './run-compiled.fixture.js'

/** What only this dialect knows: private methods, and every kind of class element that is no method. */
const STANDARD_ONLY = `
class Private {
  readonly #secret = 42

  @trace({ captureArgs: true })
  #hidden(value: number) { return value + this.#secret }

  @trace({ captureResult: true })
  async *#stream() { yield this.#secret }

  @trace
  static #staticHidden() { return 'static' }

  async call() {
    const streamed: number[] = []
    for await (const value of this.#stream()) streamed.push(value)
    return [this.#hidden(1), streamed, Private.#staticHidden()]
  }
}
results.push(await new Private().call())

// @ts-expect-error Only methods: the types say it, and at run time it is left alone.
@trace
class Odd {
  #value = 1
  // @ts-expect-error As above.
  @trace
  get read() { return this.#value }
  // @ts-expect-error As above.
  @trace
  set write(value: number) { this.#value = value }
  // @ts-expect-error As above.
  @trace
  field = 6
  // @ts-expect-error As above.
  @trace('named')
  accessor both = 7
}
const odd = new Odd()
odd.write = 5
results.push([odd.read, odd.field, odd.both, new Odd() instanceof Odd])
`

const REFUSED = ['read', 'write', 'both', 'field', 'Odd']

describe('trace() under standard decorators', () => {
  let compiled: Compiled
  beforeAll(async () => {
    compiled = await compileCore()
  })
  afterAll(() => compiled.close())

  it.each(['tsc', 'esbuild'] as const)('trace() on all that can be decorated, compiled by %s', async (by) => {
    const program = PROGRAM_HEAD + SHARED_PROGRAM + STANDARD_ONLY + PROGRAM_TAIL
    const { code, stdout, stderr } = await compiled.runTypeScript(program, { by })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const { results, spans, said } = JSON.parse(stdout)
    expect(results).toEqual([...SHARED_RESULT.results, [43, [42], 'static'], [5, 6, 7, true]])
    expect(spans).toEqual([
      ...SHARED_RESULT.spans,
      ['#stream', 'axion', 'span', null, '[42]', null],
      ['#hidden', 'axion', 'span', '{"value":1}', null, null],
      ['#staticHidden', 'axion', 'span', null, null, null],
    ])
    expect(said).toEqual(REFUSED.map((element) => `@trace on ${element}: only methods can be traced`))
  })

  it('trace() captures by the names that minified code has, and picks none that it has lost', async () => {
    const program = PROGRAM_HEAD + MINIFIED_PROGRAM + PROGRAM_TAIL
    const { code, stdout, stderr } = await compiled.runTypeScript(program, { by: 'esbuild, minified' })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const { results, spans } = JSON.parse(stdout)
    expect(results).toEqual(['why3', 'whysecret', ['why', [1, 2]]])
    expect(spans.map(([name, , , input]: string[]) => [name, input])).toEqual([
      ['all', expect.stringMatching(/^\{"\w":"why","\w":3\}$/)],
      ['picked', '{}'],
      ['destructured', expect.stringMatching(/^\{"arg0":\{"question":"why"\},"\w":\[1,2\]\}$/)],
    ])
  })
})
