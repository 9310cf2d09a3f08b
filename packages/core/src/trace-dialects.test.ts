import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Compiled, compileCore } from './run-compiled.fixture.js'

/** One program for both dialects: what is different between them is only how the compiler calls the decorator. */
const PROGRAM = `
import { diag, DiagLogLevel, trace as otel } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { Tracer, trace } from './core/index.js'

const exporter = new InMemorySpanExporter()
otel.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }))
const said: string[] = []
const say = (...parts: unknown[]) => void said.push(parts.slice(1).join(' '))
diag.setLogger({ error: say, warn: say, info() {}, debug() {}, verbose() {} }, DiagLogLevel.WARN)

const KEY = Symbol('by symbol')

class Service {
  tracer = new Tracer('base', { name: 'instance' })
  base = 10

  @trace
  plain(a: number, b: number) { return this.base + a + b }

  @trace('by-name')
  async named(value: number) { return this.plain(value, 0) }

  @trace({ name: 'by-options', type: 'tool', captureArgs: true, captureResult: true })
  options(question: string, limit = 3, ...rest: number[]) { return [question, limit, ...rest] }

  @trace({ captureArgs: ['question'] })
  async picked(question: string, token: string) { return question.length + token.length }

  @trace()
  throws() { throw new Error('out') }

  @trace({ captureResult: true })
  *numbers() { yield 1; yield 2 }

  @trace({ captureResult: true })
  async *words() { yield 'a'; yield 'b' }

  @trace
  [KEY]() {}

  @trace
  static create() { return this.name }

  // @ts-expect-error Only methods: the types say it, and at run time it is left alone.
  @trace
  get value() { return 5 }
}

const service = new Service()
const results: unknown[] = [service.plain.name, service.plain.length, service.plain(1, 2), service.value, Service.create()]
results.push(await service.named(1), service.options('q', 1, 2, 3), await service.picked('q', 'secret'))
try { service.throws() } catch (error) { results.push((error as Error).message) }
results.push([...service.numbers()])
for await (const word of service.words()) results.push(word)
service[KEY]()

const spans = exporter.getFinishedSpans().map(({ name, instrumentationScope, attributes, status }) => [
  name, instrumentationScope.name, attributes['langfuse.observation.type'], attributes['langfuse.observation.input'] ?? null,
  attributes['langfuse.observation.output'] ?? null, status.message ?? null,
])
console.log(JSON.stringify({ results, spans, said }))
`

const EXPECTED = {
  results: ['plain', 2, 13, 5, 'Service', 11, ['q', 1, 2, 3], 7, 'out', [1, 2], 'a', 'b'],
  spans: [
    ['plain', 'instance', 'span', null, null, null],
    ['create', 'axion', 'span', null, null, null],
    ['plain', 'instance', 'span', null, null, null],
    ['by-name', 'instance', 'span', null, null, null],
    ['by-options', 'instance', 'tool', '{"question":"q","limit":1,"rest":[2,3]}', '["q",1,2,3]', null],
    ['picked', 'instance', 'span', '{"question":"q"}', null, null],
    ['throws', 'instance', 'span', null, null, 'out'],
    ['numbers', 'instance', 'span', null, '[1,2]', null],
    ['words', 'instance', 'span', null, 'ab', null],
    ['by symbol', 'instance', 'span', null, null, null],
  ],
}

const LEGACY_ONLY = `
import { diag, DiagLogLevel } from '@opentelemetry/api'
import { trace } from './core/index.js'
const say = (...parts: unknown[]) => console.log(parts.slice(1).join(' '))
diag.setLogger({ error: say, warn: say, info() {}, debug() {}, verbose() {} }, DiagLogLevel.WARN)
const anything = trace as any
@anything
class Bare {
  @anything field = 6
  @anything get value() { return 7 }
  method(@anything parameter: number) { return parameter }
}
@anything({ name: 'x' })
class WithOptions {}
console.log(new Bare().field, new Bare().value, new Bare().method(8), typeof WithOptions, new WithOptions() instanceof WithOptions)
`

describe('trace() compiled by TypeScript', () => {
  let compiled: Compiled
  beforeAll(async () => {
    compiled = await compileCore()
  })
  afterAll(() => compiled.close())

  it.each([
    ['standard decorators', [], 'getter'],
    ['experimentalDecorators', ['--experimentalDecorators'], 'accessor'],
  ])('trace() is the same under %s', async (_, options, misused) => {
    const { code, stdout, stderr } = await compiled.runTypeScript(PROGRAM, options)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({
      ...EXPECTED,
      said: [`@trace on the ${misused} value: only methods can be traced, so it is left as it is`],
    })
  })

  it('trace() leaves classes, fields and parameters alone under experimentalDecorators', async () => {
    const { stdout } = await compiled.runTypeScript(LEGACY_ONLY, ['--experimentalDecorators'])
    expect(stdout.trim().split('\n')).toEqual([
      '@trace on the field field: only methods can be traced, so it is left as it is',
      '@trace on the accessor value: only methods can be traced, so it is left as it is',
      '@trace on the parameter method: only methods can be traced, so it is left as it is',
      '@trace on the class Bare: only methods can be traced, so it is left as it is',
      '@trace on the class WithOptions: only methods can be traced, so it is left as it is',
      '6 7 8 function true',
    ])
  })
})
