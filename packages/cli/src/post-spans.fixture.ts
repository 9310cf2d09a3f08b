import type { DevServer } from '@axion/dev-server'

/** One span to store; attribute names are Langfuse's. */
export interface TestSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentId?: string
  readonly name: string
  readonly startMillis: number
  readonly durationMillis: number
  readonly attributes?: Readonly<Record<string, string | readonly string[]>>
}

/** Posts spans to a dev-server as OTLP JSON; throws if it does not take them. */
export async function postSpans(server: DevServer, spans: readonly TestSpan[]): Promise<void> {
  const body = { resourceSpans: [{ scopeSpans: [{ scope: { name: 'langfuse-sdk' }, spans: spans.map(toOtlp) }] }] }
  const response = await fetch(`${server.url}/api/public/otel/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: basicAuth(server) },
    body: JSON.stringify(body),
  })
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`)
}

/** Posts one numeric score of a trace. */
export async function postScore(server: DevServer, traceId: string, name: string, value: number): Promise<void> {
  const response = await fetch(`${server.url}/api/public/scores`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: basicAuth(server) },
    body: JSON.stringify({ traceId, name, value }),
  })
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`)
}

/** The environment that points a command at a dev-server. */
export function environmentOf(server: Pick<DevServer, 'url' | 'publicKey' | 'secretKey'>): Record<string, string> {
  return {
    LANGFUSE_BASE_URL: server.url,
    LANGFUSE_PUBLIC_KEY: server.publicKey,
    LANGFUSE_SECRET_KEY: server.secretKey,
  }
}

/** The `Authorization` header of a dev-server's keys. */
export function basicAuth({ publicKey, secretKey }: Pick<DevServer, 'publicKey' | 'secretKey'>): string {
  return `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`
}

function toOtlp(span: TestSpan): object {
  const attributes = Object.entries(span.attributes ?? {}).map(([key, value]) => ({
    key,
    value:
      typeof value === 'string'
        ? { stringValue: value }
        : { arrayValue: { values: value.map((stringValue) => ({ stringValue })) } },
  }))
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentId === undefined ? {} : { parentSpanId: span.parentId }),
    name: span.name,
    startTimeUnixNano: `${span.startMillis}000000`,
    endTimeUnixNano: `${span.startMillis + span.durationMillis}000000`,
    attributes,
  }
}
