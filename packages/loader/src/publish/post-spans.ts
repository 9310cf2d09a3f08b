import { MAX_PART_BYTES, packBatches } from './batches.js'
import type { LangfuseProject } from './langfuse-connection.js'
import type { OtlpSpan } from './otlp-span.js'

// Without it spans can take ten minutes to show (Langfuse 4.16).
const HEADERS = { 'x-langfuse-ingestion-version': '4' }

const RESOURCE = '{"attributes":[{"key":"service.name","value":{"stringValue":"axion-loader"}}]}'

/**
 * Sends spans over OTLP, in batches.
 *
 * @param project - The project.
 * @param spans - The spans.
 * @returns The ids of spans that are larger than the server takes, which were not sent.
 * @throws {LoaderError} Whatever goes wrong with a batch. What was sent before stays; sending it again changes nothing.
 */
export async function postSpans(project: LangfuseProject, spans: readonly OtlpSpan[]): Promise<ReadonlySet<string>> {
  const encoded = spans.map((span) => ({ part: span, json: JSON.stringify(span) }))
  const fitting = encoded.filter(({ json }) => Buffer.byteLength(json) <= MAX_PART_BYTES)
  for (const [index, batch] of packBatches(fitting).entries()) {
    const list = batch.map(({ json }) => json).join(',')
    const json = `{"resourceSpans":[{"resource":${RESOURCE},"scopeSpans":[{"scope":{"name":"@axion/loader"},"spans":[${list}]}]}]}`
    const purpose = { task: 'publish experiment', subject: `batch ${index + 1} of its spans` }
    await project.rest.post('/api/public/otel/v1/traces', { json, headers: HEADERS }, purpose, project.call)
  }
  const sent = new Set(fitting.map(({ part }) => part.spanId))
  return new Set(spans.map(({ spanId }) => spanId).filter((id) => !sent.has(id)))
}
