import { describe, expect, it } from 'vitest'
import { parentName, recordSpans, spanNamed } from './record-spans.fixture.js'
import { Tracer } from './tracer.js'

const tracer = new Tracer()

describe('logRetrievalCall()', () => {
  it('logRetrievalCall() is a retriever with its documents and their number', async () => {
    const spans = await recordSpans(() =>
      tracer.span('outer', () => tracer.logRetrievalCall({ query: 'q', documents: [{ id: 1 }, 'two'] })),
    )
    expect(spanNamed(spans, 'retrieval').attributes).toEqual({
      'langfuse.observation.type': 'retriever',
      'langfuse.trace.name': 'outer',
      'langfuse.observation.input': 'q',
      'langfuse.observation.output': '[{"id":1},"two"]',
      'langfuse.observation.metadata.num_documents': 2,
    })
    expect(parentName(spans, 'retrieval')).toBe('outer')
  })

  it('logRetrievalCall() takes a name and finds of nothing', async () => {
    const spans = await recordSpans(() => tracer.logRetrievalCall({ name: 'tool lookup', query: {}, documents: [] }))
    expect(spanNamed(spans, 'tool lookup').attributes).toMatchObject({
      'langfuse.observation.type': 'retriever',
      'langfuse.observation.output': '[]',
      'langfuse.observation.metadata.num_documents': 0,
    })
  })
})
