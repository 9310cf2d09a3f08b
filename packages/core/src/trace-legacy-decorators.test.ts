import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  MINIFIED_PROGRAM,
  PROGRAM_HEAD,
  PROGRAM_TAIL,
  SHARED_PROGRAM,
  SHARED_RESULT,
} from './decorated-service.fixture.js'
import { type Compiled, compileCore } from './run-compiled.fixture.js'

/** All that is no method. */
const LEGACY_ONLY = `
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
  method(@trace() parameter: number) { return parameter }
}
// @ts-expect-error As above.
@trace({ name: 'x' })
class WithOptions {}
const odd = new Odd()
odd.write = 5
results.push([odd.read, odd.field, odd.method(7), new Odd() instanceof Odd, new WithOptions() instanceof WithOptions])
`

const REFUSED = ['read', 'write', 'field', 'method', 'Odd', 'WithOptions']

const PRIVATE = `
import { trace } from './core/node.js'
export class Service {
  @trace
  #hidden() { return this.#hidden }
}
`

describe('trace() under experimentalDecorators', () => {
  let compiled: Compiled
  beforeAll(async () => {
    compiled = await compileCore()
  })
  afterAll(() => compiled.close())

  it.each(['tsc', 'esbuild'] as const)('trace() on all that can be decorated, compiled by %s', async (by) => {
    const program = PROGRAM_HEAD + SHARED_PROGRAM + LEGACY_ONLY + PROGRAM_TAIL
    const { code, stdout, stderr } = await compiled.runTypeScript(program, { by, experimentalDecorators: true })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const { results, spans, said } = JSON.parse(stdout)
    expect(results).toEqual([...SHARED_RESULT.results, [5, 6, 7, true, true]])
    expect(spans).toEqual(SHARED_RESULT.spans)
    expect(said.toSorted()).toEqual(
      REFUSED.map((element) => `@trace on ${element}: only methods can be traced`).toSorted(),
    )
  })

  it('trace() captures by the names that minified code has, and picks none that it has lost', async () => {
    const program = PROGRAM_HEAD + MINIFIED_PROGRAM + PROGRAM_TAIL
    const how = { by: 'esbuild, minified', experimentalDecorators: true } as const
    const { code, stdout, stderr } = await compiled.runTypeScript(program, how)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const { results, spans } = JSON.parse(stdout)
    expect(results).toEqual(['why3', 'whysecret', ['why', [1, 2]]])
    expect(spans.map(([name, , , input]: string[]) => [name, input])).toEqual([
      ['all', expect.stringMatching(/^\{"\w":"why","\w":3\}$/)],
      ['picked', '{}'],
      ['destructured', expect.stringMatching(/^\{"arg0":\{"question":"why"\},"\w":\[1,2\]\}$/)],
    ])
  })

  it.each([
    ['tsc', /program\.ts\(4,3\): error TS1206: Decorators are not valid here/],
    ['esbuild', /TypeScript experimental decorators cannot be used on private identifiers/],
  ] as const)('a private method is refused by the compiler: %s', async (by, message) => {
    const { code, stdout, stderr } = await compiled.runTypeScript(PRIVATE, { by, experimentalDecorators: true })
    expect(code).not.toBe(0)
    expect(stdout + stderr).toMatch(message)
  })
})
