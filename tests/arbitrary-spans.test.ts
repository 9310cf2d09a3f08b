import { startDevServer } from '@axion/dev-server'
import { createLangfuseSpanProcessor } from '@axion/exporter'
import { type Attributes, type AttributeValue, type Exception, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { temporaryFolder } from './temporary-folder.js'

// What applications and instrumentations do to spans, and what they should not: any value under any key, at any time.

const SEED = 20261123
const COUNT = 10_000

interface ArbitrarySpan {
  readonly name: string
  readonly attributes: Attributes
  readonly late: readonly (readonly [string, AttributeValue])[]
  readonly events: readonly (readonly [string, Attributes])[]
  readonly exception: Exception
  readonly kind: SpanKind
  readonly status: number
  readonly isChild: boolean
  readonly startTime: number | Date | undefined
}

// Half of them are meant for Langfuse, and read by it.
const key = fc.oneof(
  fc.constantFrom(
    'langfuse.observation.input',
    'langfuse.observation.output',
    'langfuse.observation.type',
    'langfuse.observation.metadata',
    'langfuse.observation.usage_details',
    'langfuse.observation.cost_details',
    'langfuse.observation.model.parameters',
    'langfuse.observation.completion_start_time',
    'langfuse.trace.tags',
    'langfuse.trace.metadata.k',
    'langfuse.environment',
    'user.id',
    'session.id',
    'gen_ai.request.model',
    'gen_ai.usage.input_tokens',
    'input.value',
    'ai.prompt.messages',
  ),
  fc.string(),
)
// Past the compiler: the SDK checks values itself and keeps out what it does not admit.
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }),
  fc.json(),
  fc.double(),
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.array(fc.oneof(fc.string(), fc.constant(null))),
  fc.array(fc.double()),
  fc.anything(),
) as fc.Arbitrary<AttributeValue>
const large = fc
  .tuple(fc.constantFrom('x', 'é', '語', '"', '\u0000'), fc.nat(300_000))
  .map(([text, times]) => text.repeat(times))
const attributes = fc.dictionary(key, fc.oneof({ weight: 200, arbitrary: value }, { weight: 1, arbitrary: large }), {
  maxKeys: 8,
})

const span: fc.Arbitrary<ArbitrarySpan> = fc.record({
  name: fc.string({ unit: 'binary' }),
  attributes,
  late: fc.array(fc.tuple(key, value), { maxLength: 3 }),
  events: fc.array(fc.tuple(fc.string(), attributes), { maxLength: 2 }),
  exception: fc.oneof(
    fc.string(),
    fc.string().map((message) => new Error(message)),
  ),
  kind: fc.constantFrom(SpanKind.INTERNAL, SpanKind.SERVER, SpanKind.CLIENT, SpanKind.PRODUCER, SpanKind.CONSUMER),
  status: fc.constantFrom(0, 1, 2),
  isChild: fc.boolean(),
  startTime: fc.constantFrom(undefined, Date.now(), new Date(), 0),
})

it(`createLangfuseSpanProcessor() sends ${COUNT} arbitrary spans that the server takes, and throws at nobody`, {
  timeout: 240_000,
}, async () => {
  const server = await startDevServer({ dataDir: await temporaryFolder() })
  const reports: string[] = []
  const processor = createLangfuseSpanProcessor({
    baseUrl: server.url,
    publicKey: server.publicKey,
    secretKey: server.secretKey,
    mask: ['email', 'api_key'],
    maxQueueBytes: 2 ** 30,
    // The server shares this thread.
    timeoutMillis: 120_000,
    onReport: ({ message }) => reports.push(message),
  })
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('axion')
  const spans = fc.sample(span, { numRuns: COUNT, seed: SEED })
  for (const { name, attributes, late, events, exception, kind, status, isChild, startTime } of spans) {
    const root = tracer.startSpan('root of one')
    const context = isChild ? trace.setSpan(ROOT_CONTEXT, root) : ROOT_CONTEXT
    const made = tracer.startSpan(name, { kind, attributes, ...(startTime !== undefined && { startTime }) }, context)
    for (const [lateKey, lateValue] of late) made.setAttribute(lateKey, lateValue)
    for (const [event, eventAttributes] of events) made.addEvent(event, eventAttributes)
    made.recordException(exception)
    made.setStatus({ code: status, message: name })
    made.end()
  }
  await processor.forceFlush()
  expect(processor.stats()).toMatchObject({ exported: COUNT, failed: 0, dropped: 0, pending: 0 })
  expect(reports).toEqual([])
  console.log(`createLangfuseSpanProcessor(): ${COUNT} arbitrary spans, seed ${SEED}`)
  await processor.shutdown()
  await server.close()
})
