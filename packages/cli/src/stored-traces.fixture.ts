import type { TestSpan } from './post-spans.fixture.js'

/** 2026-11-02T03:04:05Z: tests ask for windows around it, so that they say the same on every day. */
export const STORED_AT_MILLIS: number = Date.UTC(2026, 10, 2, 3, 4, 5)
/** A window that holds every stored trace. */
export const STORED_WINDOW: readonly string[] = ['--from', '2026-11-01', '--to', '2026-11-04']

/** A trace of four spans that went well. */
export const GOOD_TRACE_ID = '11111111111111111111111111111111'
/** A trace whose tool failed; one minute later than the good one. */
export const FAILED_TRACE_ID = '22222222222222222222222222222222'

const good = {
  'langfuse.trace.name': 'rag-query',
  'user.id': 'ada',
  'session.id': 'chat-1',
  'langfuse.trace.tags': ['prod', 'v2'],
}
const failed = {
  'langfuse.trace.name': 'tool-run',
  'user.id': 'bob',
  'session.id': 'chat-2',
  'langfuse.trace.tags': ['prod'],
  'langfuse.environment': 'staging',
}

/** The spans of both traces. */
export const STORED_SPANS: readonly TestSpan[] = [
  {
    traceId: GOOD_TRACE_ID,
    spanId: '1100000000000001',
    name: 'rag-query',
    startMillis: STORED_AT_MILLIS,
    durationMillis: 1250,
    attributes: {
      ...good,
      'langfuse.observation.input': '{"query":"How long is the warranty?"}',
      'langfuse.observation.output': 'Two years.\nOne for batteries.',
    },
  },
  {
    traceId: GOOD_TRACE_ID,
    spanId: '1100000000000002',
    parentId: '1100000000000001',
    name: 'retrieve',
    startMillis: STORED_AT_MILLIS + 10,
    durationMillis: 40,
    attributes: {
      ...good,
      'langfuse.observation.type': 'retriever',
      'langfuse.observation.input': 'warranty',
      'langfuse.observation.output': '["Warranty: two years","Batteries: one year"]',
    },
  },
  {
    traceId: GOOD_TRACE_ID,
    spanId: '1100000000000003',
    parentId: '1100000000000002',
    name: 'embed',
    startMillis: STORED_AT_MILLIS + 11,
    durationMillis: 12,
    attributes: { ...good, 'langfuse.observation.type': 'embedding' },
  },
  {
    traceId: GOOD_TRACE_ID,
    spanId: '1100000000000004',
    parentId: '1100000000000001',
    name: 'answer',
    startMillis: STORED_AT_MILLIS + 60,
    durationMillis: 1100,
    attributes: {
      ...good,
      'langfuse.observation.type': 'generation',
      'langfuse.observation.model.name': 'in-house-model',
      'langfuse.observation.usage_details': '{"input":812,"output":64,"total":876}',
      'langfuse.observation.cost_details': '{"input":0.001,"output":0.0002,"total":0.0012}',
      'langfuse.observation.output': 'Two years.',
    },
  },
  {
    traceId: FAILED_TRACE_ID,
    spanId: '2200000000000001',
    name: 'tool-run',
    startMillis: STORED_AT_MILLIS + 60_000,
    durationMillis: 5,
    attributes: { ...failed, 'langfuse.observation.input': 'What is the weather?' },
  },
  {
    traceId: FAILED_TRACE_ID,
    spanId: '2200000000000002',
    parentId: '2200000000000001',
    name: 'weather',
    startMillis: STORED_AT_MILLIS + 60_001,
    durationMillis: 3,
    attributes: {
      ...failed,
      'langfuse.observation.type': 'tool',
      'langfuse.observation.level': 'ERROR',
      'langfuse.observation.status_message': 'upstream answered 500',
    },
  },
]
