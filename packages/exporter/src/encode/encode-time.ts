import type { HrTime } from '@opentelemetry/api'
import type { ProtobufWriter } from './protobuf-writer.js'

const NANOS_PER_SECOND = 1_000_000_000

/**
 * Writes a time as nanoseconds since the epoch, exactly: they need 61 bits, and a double has 53.
 *
 * @param writer - Where to.
 * @param tag - The field, a fixed64.
 * @param time - Seconds and nanoseconds. What 64 bits without a sign cannot hold, such as a time before 1970, becomes 0, which is OTLP for
 *   "unknown"; the encoder of OpenTelemetry writes a time in a far century instead.
 */
export function encodeTime(writer: ProtobufWriter, tag: number, [seconds, nanos]: HrTime): void {
  // Seconds in two parts, so that each product stays below 2^53: seconds = 2^16 * upper + lower.
  const lower = (seconds % 2 ** 16) * NANOS_PER_SECOND + nanos
  const upper = Math.floor(seconds / 2 ** 16) * NANOS_PER_SECOND
  // The same again for their sum: 2^16 * upper is cut where the lower 32 bits end.
  const low = (upper % 2 ** 16) * 2 ** 16 + lower
  const high = Math.floor(upper / 2 ** 16) + Math.floor(low / 2 ** 32)
  if (high >= 0 && high < 2 ** 32) writer.writeFixed64(tag, high, low >>> 0)
  else writer.writeFixed64(tag, 0, 0)
}
