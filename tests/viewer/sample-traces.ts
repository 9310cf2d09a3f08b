import type { DevServer } from '@axion/dev-server'
import { LangfuseClient } from '@langfuse/client'
import { type Attributes, type Context, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'

/** A span to send: when it ran, relative to its trace, and what stands on it. */
export interface SampleSpan {
  readonly name: string
  readonly type?: string
  /** Since the start of the trace. */
  readonly startMillis: number
  readonly durationMillis: number
  readonly input?: unknown
  readonly output?: unknown
  readonly error?: string
  readonly attributes?: Attributes
  readonly children?: readonly SampleSpan[]
}

/** What stands on every span of a trace. */
export interface SampleTrace extends SampleSpan {
  /** When it began. */
  readonly atMillis: number
  readonly userId?: string
  readonly sessionId?: string
  readonly environment?: string
  readonly tags?: readonly string[]
}

/**
 * Sends traces with OpenTelemetry's SDK and exporter, as published.
 *
 * @param server Where they go.
 * @param traces The traces.
 * @returns Their ids.
 */
export async function sendTraces(server: DevServer, traces: readonly SampleTrace[]): Promise<string[]> {
  const authorization = `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`
  const url = `${server.url}/api/public/otel/v1/traces`
  const exporter = new OTLPTraceExporter({ url, headers: { authorization } })
  const processor = new BatchSpanProcessor(exporter, { maxQueueSize: 1_000_000 })
  const provider = new BasicTracerProvider({ spanProcessors: [processor] })
  const tracer = provider.getTracer('sample')
  const send = (span: SampleSpan, from: number, shared: Attributes, parent: Context): Span => {
    const attributes = { ...shared, ...observationAttributes(span), ...span.attributes }
    const started = tracer.startSpan(span.name, { startTime: from + span.startMillis, attributes }, parent)
    for (const child of span.children ?? []) send(child, from, shared, trace.setSpan(parent, started))
    started.end(from + span.startMillis + span.durationMillis)
    return started
  }
  const ids: string[] = []
  for (const sample of traces) {
    const root = send(sample, sample.atMillis, traceAttributes(sample), ROOT_CONTEXT)
    ids.push(root.spanContext().traceId)
    if (ids.length % 200 === 0) await provider.forceFlush()
  }
  await provider.forceFlush()
  await provider.shutdown()
  return ids
}

/**
 * Scores traces with Langfuse's client.
 *
 * @param server Where they go.
 * @param scores Which score each trace gets.
 */
export async function sendScores(
  server: DevServer,
  scores: readonly { readonly traceId: string; readonly name: string; readonly value: number | string }[],
): Promise<void> {
  const langfuse = new LangfuseClient(credentials(server))
  for (const score of scores) langfuse.score.create(score)
  await langfuse.score.flush()
  await langfuse.shutdown()
}

function credentials({ url, publicKey, secretKey }: DevServer): {
  baseUrl: string
  publicKey: string
  secretKey: string
} {
  return { baseUrl: url, publicKey, secretKey }
}

function observationAttributes({ type, input, output, error }: SampleSpan): Attributes {
  const json = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
  return {
    ...(type !== undefined && { 'langfuse.observation.type': type }),
    ...(input !== undefined && { 'langfuse.observation.input': json(input) }),
    ...(output !== undefined && { 'langfuse.observation.output': json(output) }),
    ...(error !== undefined && { 'langfuse.observation.level': 'ERROR', 'langfuse.observation.status_message': error }),
  }
}

function traceAttributes({ userId, sessionId, environment, tags }: SampleTrace): Attributes {
  return {
    ...(userId !== undefined && { 'user.id': userId }),
    ...(sessionId !== undefined && { 'session.id': sessionId }),
    ...(environment !== undefined && { 'langfuse.environment': environment }),
    ...(tags !== undefined && { 'langfuse.trace.tags': [...tags] }),
  }
}
