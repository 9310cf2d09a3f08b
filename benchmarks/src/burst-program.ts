import { createLangfuseSpanProcessor } from '@axion/exporter'
import { LangfuseSpanProcessor } from '@langfuse/otel'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'

/** What a burst is made with, as the process's argument. */
export interface Burst {
  readonly pipeline: 'axion' | 'langfuse'
  readonly url: string
  readonly count: number
  /** Flushes after each so many spans; else once at the end. */
  readonly chunk?: number
  readonly spoolDir?: string
}

/** What came of it, as the process's only line. */
export interface BurstResult {
  readonly millis: number
  /** Time the main thread was busy. */
  readonly busyMillis: number
  readonly rssGrowthMib: number
  readonly stats: unknown
}

// A kilobyte of span in one synchronous loop, as an import job or a batch of embeddings makes them; then a flush.
const burst: Burst = JSON.parse(process.argv[2] ?? '')
const keys = { publicKey: 'pk-lf-bench', secretKey: 'sk-lf-bench', baseUrl: burst.url }
const axion =
  burst.pipeline === 'axion'
    ? createLangfuseSpanProcessor({
        ...keys,
        ...(burst.spoolDir !== undefined && { spool: { dir: burst.spoolDir, maxBytes: 4 * 2 ** 30 } }),
      })
    : undefined
const provider = new BasicTracerProvider({ spanProcessors: [axion ?? new LangfuseSpanProcessor(keys)] })
const tracer = provider.getTracer('langfuse-sdk')
const [input, output] = ['i'.repeat(400), 'o'.repeat(400)]

const rssBefore = process.memoryUsage.rss()
let peak = rssBefore
const look = (): void => {
  peak = Math.max(peak, process.memoryUsage.rss())
}
// Not where time is measured: to look costs some.
const timer = burst.chunk === undefined ? setInterval(look, 5) : undefined
const start = performance.now()
const idle = performance.eventLoopUtilization()
for (let n = 0; n < burst.count; n++) {
  tracer
    .startSpan(`span-${n};`, {
      attributes: { 'langfuse.observation.type': 'span', 'langfuse.observation.input': input },
    })
    .setAttribute('langfuse.observation.output', output)
    .end()
  if (burst.chunk === undefined && n % 10_000 === 0) look()
  if (burst.chunk !== undefined && n % burst.chunk === burst.chunk - 1) await provider.forceFlush()
}
look()
await provider.forceFlush()
clearInterval(timer)
look()
const result: BurstResult = {
  millis: performance.now() - start,
  busyMillis: performance.eventLoopUtilization(idle).active,
  rssGrowthMib: (peak - rssBefore) / 2 ** 20,
  stats: axion?.stats() ?? {},
}
process.stdout.write(`${JSON.stringify(result)}\n`)
await provider.shutdown()
