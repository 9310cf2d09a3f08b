import type { OtlpTarget } from './otlp-target.js'

/** Whom servers see at work. */
export const USER_AGENT = 'axion-exporter'

/**
 * The headers of a request with spans in protobuf, before it is known whether its body is compressed.
 *
 * @param target - Whose own headers they are added to.
 */
export function otlpHeaders({ headers }: Pick<OtlpTarget, 'headers'>): Record<string, string> {
  return { 'user-agent': USER_AGENT, ...headers, 'content-type': 'application/x-protobuf' }
}
