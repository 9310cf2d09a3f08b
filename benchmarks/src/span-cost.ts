import { Tracer } from '@axion/core'
import { createLangfuseSpanProcessor } from '@axion/exporter'
import { LangfuseSpanProcessor } from '@langfuse/otel'
import { setLangfuseTracerProvider, startActiveObservation } from '@langfuse/tracing'
import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-base'
import { compare } from './compare.js'
import { printCosts } from './print-costs.js'
import { startSink } from './start-sink.js'
import { INPUT, OUTPUT } from './workload.js'

// One span with input, output and two attributes, through the facades and through bare OpenTelemetry carrying the same JSON.
const COUNT = 2000
const BATCH = 500

const nothing: SpanProcessor = { onStart() {}, onEnd() {}, forceFlush: async () => {}, shutdown: async () => {} }
const sink = await startSink()
const keys = { baseUrl: sink.url, publicKey: 'pk-lf-bench', secretKey: 'sk-lf-bench' }
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())

function bare(provider: BasicTracerProvider): (count: number) => void {
  const tracer = provider.getTracer('axion')
  return (count) => {
    for (let i = 0; i < count; i++) {
      tracer.startActiveSpan(
        'rag-query',
        { attributes: { 'langfuse.observation.type': 'span', 'langfuse.trace.name': 'rag-query' } },
        (span) => {
          span.setAttribute('langfuse.observation.input', JSON.stringify(INPUT))
          span.setAttribute('langfuse.observation.metadata.num_chunks', 2)
          span.setAttribute('gen_ai.request.model', 'gpt-4o')
          span.setAttribute('langfuse.observation.output', JSON.stringify(OUTPUT))
          span.end()
        },
      )
    }
  }
}

function axion(provider: BasicTracerProvider): (count: number) => void {
  const tracer = new Tracer('llm', { provider })
  return (count) => {
    for (let i = 0; i < count; i++) {
      tracer.span('rag-query', (span) => {
        span
          .setInput(INPUT)
          .setAttribute('num_chunks', 2)
          .setAttribute('gen_ai.request.model', 'gpt-4o')
          .setOutput(OUTPUT)
      })
    }
  }
}

function langfuse(provider: BasicTracerProvider): (count: number) => void {
  return (count) => {
    setLangfuseTracerProvider(provider)
    for (let i = 0; i < count; i++) {
      startActiveObservation('rag-query', (span) => {
        span.update({ input: INPUT, output: OUTPUT, metadata: { num_chunks: 2 } })
        span.otelSpan.setAttribute('gen_ai.request.model', 'gpt-4o')
      })
    }
  }
}

/** What the application waits for: until its own code goes on, microtasks that were left behind included. What is sent is sent after it. */
function untilReturned(provider: BasicTracerProvider, run: (count: number) => void) {
  return {
    run: async (count: number): Promise<void> => {
      run(count)
      await Promise.resolve()
    },
    after: () => provider.forceFlush(),
  }
}

const plain = new BasicTracerProvider({ spanProcessors: [nothing] })
printCosts(
  'one span with input, output, two attributes: facade alone',
  await compare(
    [
      { name: 'bare OpenTelemetry span with the same JSON', run: bare(plain) },
      { name: '@axion/core tracer.span', run: axion(plain) },
      { name: '@langfuse/tracing startActiveObservation', run: langfuse(plain) },
    ],
    COUNT,
  ),
  { text: '≤ 1.35×', of: (_, ours) => ours?.ratio ?? Number.NaN, max: 1.35 },
)

const ours = new BasicTracerProvider({ spanProcessors: [createLangfuseSpanProcessor(keys)] })
const theirs = new BasicTracerProvider({ spanProcessors: [new LangfuseSpanProcessor(keys)] })
printCosts(
  'the same through the whole Langfuse pipeline, until the application goes on',
  await compare(
    [
      { name: 'bare OpenTelemetry span', run: bare(plain) },
      { name: '@axion/core + @axion/exporter', ...untilReturned(ours, axion(ours)) },
      { name: '@langfuse/tracing + @langfuse/otel', ...untilReturned(theirs, langfuse(theirs)) },
    ],
    // What fits a batch: whoever makes more in one go pays for the encoding on the way, which the next figures show.
    BATCH,
  ),
  { text: '≤ 2.0×', of: (_, ours) => ours?.ratio ?? Number.NaN, max: 2 },
)

trace.disable()
await Promise.all([ours.shutdown(), theirs.shutdown(), plain.shutdown()])
await sink.close()
