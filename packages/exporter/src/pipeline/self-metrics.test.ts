import { metrics } from '@opentelemetry/api'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { afterEach, expect, it } from 'vitest'
import { createLangfuseSpanProcessor } from '../langfuse-span-processor.js'
import { type OtlpSink, startOtlpSink } from '../otlp-sink.fixture.js'

const sinks: OtlpSink[] = []
afterEach(async () => {
  metrics.disable()
  await Promise.all(sinks.splice(0).map((sink) => sink.close()))
})

async function collected(provider: MeterProvider, exporter: InMemoryMetricExporter) {
  await provider.forceFlush()
  const found =
    exporter
      .getMetrics()
      .at(-1)
      ?.scopeMetrics.flatMap(({ metrics }) => metrics) ?? []
  return Object.fromEntries(
    found.map(({ descriptor, dataPoints }) => [
      descriptor.name,
      dataPoints.map(({ value, attributes }) => [value, attributes['error.type']]),
    ]),
  )
}

it.each([
  'getMeter',
  'createObservableCounter',
  'addBatchObservableCallback',
  'removeBatchObservableCallback',
] as const)('SelfMetrics does without a meter provider that throws in %s()', async (broken) => {
  const sink = await startOtlpSink()
  sinks.push(sink)
  const provider = new MeterProvider()
  const meter = provider.getMeter('axion')
  const target = broken === 'getMeter' ? provider : meter
  Object.assign(target, {
    [broken]: () => {
      throw new Error('broken')
    },
  })
  if (broken !== 'getMeter') provider.getMeter = () => meter
  const keys = { publicKey: 'pk', secretKey: 'sk', baseUrl: sink.url }
  const before = createLangfuseSpanProcessor(keys)
  metrics.setGlobalMeterProvider(provider)
  const after = createLangfuseSpanProcessor({ ...keys, publicKey: 'other' })
  new BasicTracerProvider({ spanProcessors: [before, after] }).getTracer('axion').startSpan('step').end()
  for (const processor of [before, after]) {
    await processor.shutdown()
    expect(processor.stats()).toMatchObject({ exported: 1, pending: 0 })
  }
})

it('SelfMetrics shows what a pipeline counts, also to a meter provider that comes after it', async () => {
  const sink = await startOtlpSink()
  sinks.push(sink)
  const processor = createLangfuseSpanProcessor({
    publicKey: 'pk',
    secretKey: 'sk',
    baseUrl: sink.url,
    maxQueueSpans: 10,
    maxBatchSpans: 1,
    onReport: () => {},
  })
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('axion')
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const provider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 2 ** 30 })],
  })
  metrics.setGlobalMeterProvider(provider)
  for (let n = 0; n < 15; n++) tracer.startSpan('step').end()
  expect(await collected(provider, exporter)).toEqual({
    'otel.sdk.processor.span.processed': [
      [0, undefined],
      [5, 'queue_full'],
    ],
    'otel.sdk.processor.span.queue.size': [[10, undefined]],
    'otel.sdk.processor.span.queue.capacity': [[10, undefined]],
    'otel.sdk.exporter.span.exported': [
      [0, undefined],
      [0, 'rejected'],
    ],
  })
  await processor.forceFlush()
  expect(await collected(provider, exporter)).toMatchObject({
    'otel.sdk.processor.span.queue.size': [[0, undefined]],
    'otel.sdk.exporter.span.exported': [
      [10, undefined],
      [0, 'rejected'],
    ],
  })
  await processor.shutdown()
  await provider.shutdown()
})
