import { createTraceState, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
import { createMask, type Mask } from './create-mask.js'
import type { MaskRule, RuleFailure } from './mask-rule.js'

/** A span that the SDK recorded, as it leaves. */
export function recordSpan(record: (span: Span) => void, resource: Record<string, string> = {}): OutgoingSpan {
  const memory = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes(resource),
    spanProcessors: [new SimpleSpanProcessor(memory)],
  })
  const tracer = provider.getTracer('axion', '1.0.0')
  const span = tracer.startSpan('step', { kind: SpanKind.CLIENT }, ROOT_CONTEXT)
  record(span)
  span.end()
  const [ended] = memory.getFinishedSpans()
  if (ended === undefined) throw new Error('the in-memory exporter has no span')
  return outgoing(ended)
}

function outgoing(span: ReadableSpan): OutgoingSpan {
  return {
    context: span.spanContext(),
    parent: span.parentSpanContext,
    name: span.name,
    kind: span.kind,
    startTime: span.startTime,
    endTime: span.endTime,
    attributes: span.attributes,
    droppedAttributesCount: span.droppedAttributesCount,
    events: span.events,
    droppedEventsCount: span.droppedEventsCount,
    links: span.links,
    droppedLinksCount: span.droppedLinksCount,
    status: span.status,
    resource: span.resource,
    scope: span.instrumentationScope,
  }
}

/** A span with a text in every place there is for one. */
export function spanFullOf(text: string): OutgoingSpan {
  const span = recordSpan(
    (recording) => {
      recording.updateName(`name ${text}`)
      recording.setAttributes({
        'langfuse.observation.input': JSON.stringify({ role: 'user', content: `content ${text}`, [`key ${text}`]: 1 }),
        'langfuse.observation.output': JSON.stringify({ arguments: JSON.stringify([text]) }),
        'langfuse.trace.tags': ['tag', text],
        [`langfuse.trace.metadata.${text}`]: 'metadata',
        [`gen_ai.${text}`]: 'a name that begins as a known one does',
        'user.id': text,
        [text]: true,
        number: 42,
      })
      recording.addEvent(`event ${text}`, { [`key ${text}`]: text })
      recording.recordException({ name: 'Error', message: `failed ${text}`, stack: `Error: failed ${text}\n    at x` })
      recording.addLink({ context: LINKED, attributes: { text } })
      recording.setStatus({ code: SpanStatusCode.ERROR, message: `failed ${text}` })
    },
    { 'service.name': 'test', 'process.command_line': `node app ${text}` },
  )
  return {
    ...span,
    context: { ...span.context, traceState: createTraceState(`vendor=${text.replace(/[,=\s]/g, ';')}`) },
    parent: { ...LINKED },
    // What JavaScript callers and other SDKs put there beside what the types allow.
    attributes: Object.assign({}, span.attributes, { map: { deep: [{ [text]: text }] }, bytes: Buffer.from(text) }),
    scope: Object.assign({}, span.scope, { attributes: { scope: text } }),
  }
}

const LINKED = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 1,
  isRemote: true,
}

/** A mask, and what it says of its rules. */
export function maskWith(
  rules: readonly MaskRule[],
  fieldTimeoutMillis?: number,
): { readonly mask: Mask; readonly failures: [ruleIndex: number, kind: RuleFailure][] } {
  const failures: [number, RuleFailure][] = []
  const mask = createMask(rules, {
    onRuleFailed: (ruleIndex, kind) => failures.push([ruleIndex, kind]),
    ...(fieldTimeoutMillis === undefined ? {} : { fieldTimeoutMillis }),
  })
  return { mask, failures }
}

/** Every string of a value, however deep: keys, texts, bytes and what getters give. */
export function stringsOf(value: unknown, seen: Set<unknown> = new Set()): string[] {
  if (typeof value === 'string') return [value]
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('latin1')]
  if (typeof value !== 'object' || value === null || seen.has(value)) return []
  seen.add(value)
  const state = 'serialize' in value && typeof value.serialize === 'function' ? [String(value.serialize())] : []
  const entries = Reflect.ownKeys(value).flatMap((key) => [String(key), ...stringsOf(Reflect.get(value, key), seen)])
  return [...state, ...entries]
}
