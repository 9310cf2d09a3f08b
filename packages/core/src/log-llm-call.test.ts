import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import { describe, expect, it } from 'vitest'
import { type LlmCall, logLlmCall } from './log-llm-call.js'
import { parentName, recordSpans, spanNamed } from './record-spans.fixture.js'
import { Tracer } from './tracer.js'

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 500)
const SECONDS = NOW / 1000 - 0.5
const CALL: LlmCall = { model: 'gpt-4o', prompt: 'hi', response: 'hello' }

async function spanOf(call: LlmCall): Promise<ReadableSpan> {
  const spans = await recordSpans(() => logLlmCall(new Tracer(), call, NOW))
  return spanNamed(spans, call.name ?? 'llm-call')
}

describe('logLlmCall()', () => {
  it('logLlmCall() is a generation with all that is known', async () => {
    const span = await spanOf({
      name: 'answer',
      model: 'gpt-4o',
      prompt: [{ role: 'user', content: 'hi' }],
      response: 'hello',
      parameters: { temperature: 0 },
      usage: { input: 1, output: 2, total: 3 },
      cost: { total: 0.01 },
      latency: 1.25,
    })
    expect(span.attributes).toEqual({
      'langfuse.observation.type': 'generation',
      'langfuse.trace.name': 'answer',
      'langfuse.observation.model.name': 'gpt-4o',
      'langfuse.observation.model.parameters': '{"temperature":0}',
      'langfuse.observation.input': '[{"role":"user","content":"hi"}]',
      'langfuse.observation.output': 'hello',
      'langfuse.observation.usage_details': '{"input":1,"output":2,"total":3}',
      'langfuse.observation.cost_details': '{"total":0.01}',
    })
    expect(span.startTime).toEqual([SECONDS - 1, 250_000_000])
    expect(span.endTime).toEqual([SECONDS, 500_000_000])
  })

  it.each([[undefined], [0], [-1], [Number.NaN]])(
    'logLlmCall() with a latency of %s begins when it ends',
    async (latency) => {
      const span = await spanOf({ ...CALL, ...(latency === undefined ? undefined : { latency }) })
      expect(span.startTime).toEqual([SECONDS, 500_000_000])
      expect(span.duration).toEqual([0, 0])
    },
  )

  it('logLlmCall() of an embedding model is an embedding', async () => {
    const span = await spanOf({ ...CALL, model: 'text-embedding-3-small' })
    expect(span.attributes['langfuse.observation.type']).toBe('embedding')
  })

  it('logLlmCall() of a tracer nests under the span that is active, of a span under it', async () => {
    const tracer = new Tracer()
    const spans = await recordSpans(() =>
      tracer.span('outer', (outer) => {
        tracer.logLlmCall(CALL)
        logLlmCall(outer, { ...CALL, name: 'by hand' })
      }),
    )
    expect(parentName(spans, 'llm-call')).toBe('outer')
    expect(parentName(spans, 'by hand')).toBe('outer')
  })
})
