import { setImmediate as nextTurn } from 'node:timers/promises'
import { Tracer, traced, withTraceContext } from '@axion/core'
import { setLangfuseTracerProvider, startActiveObservation } from '@langfuse/tracing'
import { context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-base'
import { INPUT, OUTPUT } from './workload.js'

// Makes spans that go nowhere and prints, as JSON, what of them is left on the heap after each part of the run. Needs `--expose-gc`.

/** What is made. */
export type HeapCase = keyof typeof CASES

/** What to make. */
export interface HeapRun {
  readonly of: HeapCase
  /** How many spans, a multiple of `every`. */
  readonly count: number
  /** After how many spans the heap is measured. */
  readonly every: number
}

const SPANS_A_TURN = 1000

const nothing: SpanProcessor = { onStart() {}, onEnd() {}, forceFlush: async () => {}, shutdown: async () => {} }
const provider = new BasicTracerProvider({ spanProcessors: [nothing] })
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
setLangfuseTracerProvider(provider)
const tracer = new Tracer('llm', { provider, sessionId: 'bench', tags: ['bench'] })
const ask = traced(
  async function* () {
    yield OUTPUT
  },
  { name: 'stream', tracer, captureResult: true },
)
const download = traced(() => new ReadableStream({ pull: (controller) => controller.enqueue('x') }), {
  name: 'download',
  tracer,
  captureResult: true,
})

/** Each makes some spans; the names of those are not always the same, as they are not in a service. */
const CASES = {
  spans: { spans: 1, make: (n: number) => tracer.span(`query-${n}`, (span) => span.setInput(INPUT).setOutput(OUTPUT)) },
  'nested spans': {
    spans: 3,
    make: (n: number) =>
      tracer.span('rag', (rag) =>
        tracer.span('retrieve', () => rag.startSpan(`chunk-${n}`, { input: { n } }).setAttribute('n', n).end()),
      ),
  },
  'async spans': {
    spans: 2,
    make: (n: number) =>
      tracer.asyncSpan('agent', async (span) => {
        await Promise.resolve()
        await tracer.span('tool', async () => span.setMetadata({ n }))
      }),
  },
  'abandoned streams': {
    spans: 2,
    // One that was begun and one that was not.
    make: async () => {
      await ask().next()
      download()
    },
  },
  withTraceContext: {
    spans: 1,
    make: (n: number) =>
      withTraceContext({ userId: `user-${n}`, tags: [`tag-${n % 10}`], metadata: { n } }, () =>
        tracer.span('query', () => {}),
      ),
  },
  '@langfuse/tracing spans': {
    spans: 1,
    make: (n: number) =>
      startActiveObservation(`query-${n}`, (span) => void span.update({ input: INPUT, output: OUTPUT })),
  },
}

const { of, count, every }: HeapRun = JSON.parse(process.argv[2] ?? '')
const { spans, make } = CASES[of]
const heap: number[] = []
for (let made = 0, turn = 0; made < count; made += spans) {
  await make(made)
  if (made - turn >= SPANS_A_TURN) {
    turn = made
    await nextTurn()
  }
  if (made + spans >= every * (heap.length + 1)) heap.push(await heapInUse())
}
console.log(JSON.stringify(heap))

/** What the garbage collector leaves, collected until it leaves no less: each time it may tell of results that nobody reads, which ends their spans. */
async function heapInUse(): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let idle = 0; idle < 3; idle++) {
    globalThis.gc?.()
    await nextTurn()
    const { heapUsed } = process.memoryUsage()
    if (heapUsed < least) idle = 0
    least = Math.min(least, heapUsed)
  }
  return least
}
