import { INPUT, OUTPUT } from './workload.js'

/** How many spans a trace has: a root and its children. */
const SPANS_PER_TRACE = 10

/** When the first span began, in milliseconds since the epoch; the rest follow one by one. */
export const FIRST_START_MILLIS = 1_790_000_000_000

/** What the tags of a trace are made of. */
const TAGS = ['rag', 'prod', 'beta', 'eval', 'batch']

/**
 * A protobuf export of spans of about a kilobyte, as an SDK with Langfuse's attributes sends them.
 *
 * @param first - Number of the first span; each number is another span.
 * @param count - How many.
 */
export function spansAsProtobuf(first: number, count: number): Buffer {
  const spans = Array.from({ length: count }, (_, index) => field(2, span(first + index)))
  const scope = field(1, Buffer.concat([field(1, text('benchmarks'))]))
  const resource = field(1, field(1, attribute('service.name', 'benchmarks')))
  return field(1, Buffer.concat([resource, field(2, Buffer.concat([scope, ...spans]))]))
}

function span(number: number): Buffer {
  const trace = Math.floor(number / SPANS_PER_TRACE)
  const root = trace * SPANS_PER_TRACE
  const startMillis = FIRST_START_MILLIS + number
  return Buffer.concat([
    field(1, id(trace + 1, 16)),
    field(2, id(number + 1, 8)),
    ...(number === root ? [] : [field(4, id(root + 1, 8))]),
    field(5, text(number === root ? 'rag-query' : `step-${number % SPANS_PER_TRACE}`)),
    time(7, startMillis),
    time(8, startMillis + 250 + (number % 50)),
    ...Object.entries(attributesOf(number, trace)).map(([key, value]) => field(9, attribute(key, value))),
  ])
}

function attributesOf(number: number, trace: number): Record<string, string> {
  return {
    'langfuse.trace.name': `query-${trace % 500}`,
    'langfuse.trace.tags': JSON.stringify([TAGS[trace % TAGS.length], TAGS[(trace * 3 + 1) % TAGS.length]]),
    'user.id': `user-${trace % 1000}`,
    'session.id': `session-${trace % 5000}`,
    'langfuse.environment': 'bench',
    'langfuse.observation.input': JSON.stringify(INPUT),
    'langfuse.observation.output': JSON.stringify(OUTPUT),
    'langfuse.observation.metadata.step': String(number % SPANS_PER_TRACE),
    ...(number % 3 === 0
      ? {
          'langfuse.observation.type': 'generation',
          'langfuse.observation.model.name': 'gpt-4o',
          'langfuse.observation.usage_details': '{"input":120,"output":30,"total":150}',
        }
      : { 'langfuse.observation.type': 'span' }),
  }
}

// The wire format of Protocol Buffers, as far as spans need it; the numbers of the fields are those of opentelemetry/proto/trace/v1.

function attribute(key: string, value: string): Buffer {
  return Buffer.concat([field(1, text(key)), field(2, field(1, text(value)))])
}

function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([varint((number << 3) | 2), varint(content.length), content])
}

function time(number: number, millis: number): Buffer {
  const buffer = Buffer.alloc(9)
  buffer.writeUInt8((number << 3) | 1)
  buffer.writeBigUInt64LE(BigInt(millis) * 1_000_000n, 1)
  return buffer
}

function id(number: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes)
  // Mixed, as random ids are: ids that grow would be kind to an index.
  buffer.writeUInt32BE(Math.imul(number, 0x9e3779b1) >>> 0)
  buffer.writeUInt32BE(number, bytes - 4)
  return buffer
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128)
  return Buffer.from([...bytes, rest])
}

function text(value: string): Buffer {
  return Buffer.from(value, 'utf8')
}
