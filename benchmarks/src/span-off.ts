import { Tracer, traced } from '@axion/core'
import { startActiveObservation } from '@langfuse/tracing'
import { compare } from './compare.js'
import { printCosts } from './print-costs.js'
import { INPUT, OUTPUT } from './workload.js'

// No SDK is configured: what instrumentation costs those who do not use it.
const COUNT = 20_000
const tracer = new Tracer('llm')

async function bareCall(): Promise<void> {}
const tracedCall = traced(async () => {}, { name: 'call', captureArgs: true, captureResult: true })

printCosts(
  'one span with input, output, two attributes: no SDK',
  await compare(
    [
      {
        name: '@axion/core tracer.span',
        run: (count) => {
          for (let i = 0; i < count; i++) {
            tracer.span('rag-query', (span) => {
              span
                .setInput(INPUT)
                .setAttribute('num_chunks', 2)
                .setAttribute('gen_ai.request.model', 'gpt-4o')
                .setOutput(OUTPUT)
            })
          }
        },
      },
      {
        name: '@langfuse/tracing startActiveObservation',
        run: (count) => {
          for (let i = 0; i < count; i++) {
            startActiveObservation('rag-query', (span) => {
              span.update({ input: INPUT, output: OUTPUT, metadata: { num_chunks: 2 } })
              span.otelSpan.setAttribute('gen_ai.request.model', 'gpt-4o')
            })
          }
        },
      },
    ],
    COUNT,
  ),
  { text: '≤ 0.3 µs', of: (ours) => ours?.microsPerCall ?? Number.NaN, max: 0.3 },
)

printCosts(
  'an async function that does nothing, awaited: no SDK',
  await compare(
    [
      {
        name: 'bare',
        run: async (count) => {
          for (let i = 0; i < count; i++) await bareCall()
        },
      },
      {
        name: 'traced',
        run: async (count) => {
          for (let i = 0; i < count; i++) await tracedCall()
        },
      },
    ],
    COUNT,
  ),
  {
    text: '≤ 1.3 µs more',
    of: (bare, ours) => (ours?.microsPerCall ?? Number.NaN) - (bare?.microsPerCall ?? Number.NaN),
    max: 1.3,
  },
)
