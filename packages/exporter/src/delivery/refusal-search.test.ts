import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { afterEach, describe, expect, it } from 'vitest'
import { createLangfuseSpanProcessor } from '../langfuse-span-processor.js'
import { answerOk, type OtlpSink, startOtlpSink } from '../otlp-sink.fixture.js'
import type { AccountedProcessor } from '../pipeline/accounted-processor.js'

// A server that refuses a request for one of its spans: the others are to arrive, whatever their number and place, and soon.

const sinks: OtlpSink[] = []
const processors: AccountedProcessor[] = []
afterEach(async () => {
  await Promise.all(sinks.splice(0).map((sink) => sink.close()))
  await Promise.all(processors.splice(0).map((processor) => processor.shutdown()))
})

const SPANS = 512

async function deliver(isBad: (index: number) => boolean) {
  const sink = await startOtlpSink((response, { spans }) =>
    spans.some(({ attributes }) => attributes.bad === true) ? response.writeHead(400).end() : answerOk(response),
  )
  sinks.push(sink)
  const processor = createLangfuseSpanProcessor({
    publicKey: 'pk',
    secretKey: 'sk',
    baseUrl: sink.url,
    onReport: () => {},
  })
  processors.push(processor)
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('axion')
  for (let n = 0; n < SPANS; n++) tracer.startSpan('step', { attributes: { bad: isBad(n) } }).end()
  await processor.forceFlush()
  const { exported, failed, pending } = processor.stats()
  return { counts: { exported, failed, pending }, requests: sink.requests.length }
}

const among = (...bad: readonly number[]) => [bad.length, (index: number) => bad.includes(index)] as const
const every = (step: number) => [Math.ceil(SPANS / step), (index: number) => index % step === 0] as const

describe('forceFlush()', () => {
  it.each<[string, readonly [number, (index: number) => boolean], number]>([
    ['one bad span', among(300), 19],
    ['four that are far apart', among(5, 200, 301, 480), 70],
    ['four in each half', among(0, 100, 200, 255, 256, 300, 400, 511), 120],
    ['the first four', among(0, 1, 2, 3), 25],
    ['the first ten', among(...Array.from({ length: 10 }, (_, n) => n)), 60],
    ['the first half', [256, (index) => index < 256], 1023],
    ['twenty', every(26), 230],
    ['every fourth', every(4), 1023],
    ['every second', every(2), 1023],
    ['all but every fourth', [384, (index) => index % 4 !== 3], 1023],
    ['nothing but bad spans', [SPANS, () => true], 21],
  ])('forceFlush() loses no good span, in few requests, to %s', async (_case, [bad, isBad], mostRequests) => {
    const { counts, requests } = await deliver(isBad)
    expect(counts).toEqual({ exported: SPANS - bad, failed: bad, pending: 0 })
    expect(requests).toBeLessThanOrEqual(mostRequests)
  })
})
