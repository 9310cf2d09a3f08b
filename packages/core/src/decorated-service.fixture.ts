/** How a program that uses the decorator begins: an SDK that keeps its spans, and a list of what was said through `diag`. */
export const PROGRAM_HEAD = `
import { diag, DiagLogLevel, trace as otel } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { getActiveSpan, Tracer, trace } from './core/node.js'

const exporter = new InMemorySpanExporter()
otel.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }))
const said: string[] = []
const say = (...parts: unknown[]) => void said.push(parts.slice(1).join(' '))
diag.setLogger({ error: say, warn: say, info() {}, debug() {}, verbose() {} }, DiagLogLevel.WARN)
const results: unknown[] = []
`

/** How it ends: what came of it goes to standard output as JSON. */
export const PROGRAM_TAIL = `
const spans = exporter.getFinishedSpans().map(({ name, instrumentationScope, attributes, status }) => [
  name, instrumentationScope.name, attributes['langfuse.observation.type'], attributes['langfuse.observation.input'] ?? null,
  attributes['langfuse.observation.output'] ?? null, status.message ?? null,
])
console.log(JSON.stringify({ results, spans, said }))
`

/** All that works alike under both dialects. Types are part of it: what is decorated stays callable as what it was. */
export const SHARED_PROGRAM = `
const KEY = Symbol('by symbol')
const other = new Tracer('knowledge', { name: 'of the option' })
const hide = (value: unknown, of: 'input' | 'output') => of === 'output' ? '[token]' : { ...(value as object), password: '***' }

class Service {
  tracer = new Tracer('base', { name: 'instance' })
  base = 10

  @trace
  plain(a: number, b: number) { return this.base + a + b }

  @trace('by-name')
  async named(value: number) { return this.plain(value, 0) }

  @trace({ name: 'by-options', type: 'tool', captureArgs: true, captureResult: true })
  options(question: string, limit = 3, ...rest: number[]) { return [question, limit, ...rest] }

  @trace({ captureArgs: true })
  shapes({ a }: { a: number }, [b]: number[], c = '):,(', { d } = { d: 4 }, ...e: number[]) { return [a, b, c, d, e] }

  @trace({ captureArgs: ['question', 'rest'] })
  async picked(question: string, token: string, ...rest: number[]) { return question.length + token.length + rest.length }

  @trace({ captureArgs: true, captureResult: true, redact: hide })
  async login(user: string, password: string) { return user + password }

  @trace({ tracer: other, attributes: { shelf: 3 } })
  elsewhere() { return getActiveSpan()?.isRecording }

  @trace()
  throws() { throw new Error('out') }

  @trace
  async rejects() { throw new TypeError('later') }

  @trace({ captureResult: true })
  *numbers() { const sent: number = yield 1; yield sent }

  @trace({ captureResult: true })
  async *words() { yield 'a'; yield 'b' }

  @trace
  [KEY]() {}

  @trace
  static create() { return this.name }

  @trace({ captureResult: true })
  static async *ticks(count: number) { for (let i = 0; i < count; i++) yield i }
}

class Special extends Service {
  @trace('special')
  override plain(a: number, b: number) { return super.plain(a, b) + 1 }
}

const service = new Service()
results.push(service.plain.name, service.plain.length, service.plain(1, 2), Service.create(), new Special().plain(1, 2))
results.push(await service.named(1), service.options('q', 1, 2, 3), service.shapes({ a: 1 }, [2], undefined, undefined, 5))
results.push(await service.picked('q', 'secret', 1), await service.login('ada', 'secret'), service.elsewhere())
try { service.throws() } catch (error) { results.push((error as Error).message) }
try { await service.rejects() } catch (error) { results.push((error as Error).message) }
const numbers = service.numbers()
results.push(numbers.next().value, numbers.next(2).value, numbers.next().done)
for await (const word of service.words()) results.push(word)
for await (const tick of Service.ticks(2)) results.push(tick)
service[KEY]()
`

/** What comes of it. */
export const SHARED_RESULT: { readonly results: readonly unknown[]; readonly spans: readonly (readonly unknown[])[] } =
  {
    results: [
      ...['plain', 2, 13, 'Service', 14, 11, ['q', 1, 2, 3], [1, 2, '):,(', 4, [5]], 8, 'adasecret'],
      // No context manager is registered here, so that nothing is active.
      ...[null, 'out', 'later', 1, 2, true, 'a', 'b', 0, 1],
    ],
    spans: [
      ['plain', 'instance', 'span', null, null, null],
      ['create', 'axion', 'span', null, null, null],
      ['plain', 'instance', 'span', null, null, null],
      ['special', 'instance', 'span', null, null, null],
      ['plain', 'instance', 'span', null, null, null],
      ['by-name', 'instance', 'span', null, null, null],
      ['by-options', 'instance', 'tool', '{"question":"q","limit":1,"rest":[2,3]}', '["q",1,2,3]', null],
      ['shapes', 'instance', 'span', '{"arg0":{"a":1},"arg1":[2],"e":[5]}', null, null],
      ['picked', 'instance', 'span', '{"question":"q","rest":[1]}', null, null],
      ['login', 'instance', 'span', '{"user":"ada","password":"***"}', '[token]', null],
      ['elsewhere', 'of the option', 'retriever', null, null, null],
      ['throws', 'instance', 'span', null, null, 'out'],
      ['rejects', 'instance', 'span', null, null, 'later'],
      ['numbers', 'instance', 'span', null, '[1,2]', null],
      ['words', 'instance', 'span', null, 'ab', null],
      ['ticks', 'axion', 'span', null, '[0,1]', null],
      ['by symbol', 'instance', 'span', null, null, null],
    ],
  }

/** Minified code has other parameter names, and members keep theirs. */
export const MINIFIED_PROGRAM = `
class Service {
  @trace({ captureArgs: true })
  all(question: string, limit: number) { return question + limit }

  @trace({ captureArgs: ['question'] })
  picked(question: string, token: string) { return question + token }

  @trace({ captureArgs: true })
  destructured({ question }: { question: string }, ...rest: number[]) { return [question, rest] }
}
const service = new Service()
results.push(service.all('why', 3), service.picked('why', 'secret'), service.destructured({ question: 'why' }, 1, 2))
`
