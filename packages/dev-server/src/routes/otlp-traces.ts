import type { Handler } from 'hono'
import { decodeJson } from '../decode-otlp/decode-json.js'
import { decodeProtobuf, findMissingIds } from '../decode-otlp/decode-protobuf.js'
import type { DecodedScopeSpans } from '../decode-otlp/decoded-span.js'
import { inspectExport } from '../decode-otlp/inspect-export.js'
import { isRecord } from '../is-record.js'
import type { LegacyWriter } from '../legacy/legacy-writer.js'
import { spanUpdates } from '../legacy/span-updates.js'
import { type Ingestion, mapSpans } from '../mapping/map-span.js'
import type { ModelFinder } from '../mapping/model-prices.js'
import type { Store } from '../store/store.js'
import { ApiError } from '../wire/api-error.js'
import { ingestionJobJson } from '../wire/ingestion-job-json.js'
import type { HttpEnv } from './http-env.js'
import { readBody } from './read-body.js'

/** The most an export may have, in bytes, decompressed. Langfuse warns from here on, and Cloud refuses far less. */
const MAX_EXPORT_BYTES = 16 * 1024 * 1024

/** The newest ingestion protocol Langfuse 4.16 knows. */
const MAX_INGESTION_VERSION = 4

/** What the endpoint works with. */
export interface OtlpParts {
  /** Where the spans go. */
  readonly store: Store
  /** The key they came with. */
  readonly publicKey: string
  readonly clock: () => number
  readonly findModel: ModelFinder
  /** Writes them in the form of version 3 as well; undefined outside of the mode `legacy`. */
  readonly writeLegacy: LegacyWriter | undefined
}

/**
 * `POST /api/public/otel/v1/traces`: OTLP over HTTP, JSON or protobuf. When the answer comes the spans are stored, all of them
 * or, on any error, none.
 *
 * @param parts What it works with.
 * @returns The handler.
 */
export function otlpTraces({ store, publicKey, clock, findModel, writeLegacy }: OtlpParts): Handler<HttpEnv> {
  let accepted = 0
  return async (c) => {
    const body = await readBody(c.env.incoming, MAX_EXPORT_BYTES)
    const decoded = decode(body, c.req.header('content-type')?.toLowerCase() ?? '')
    if (decoded === undefined) return c.json({})
    const version = c.req.header('x-langfuse-ingestion-version') ?? ''
    requireKnownVersion(version)
    const ingestion: Ingestion = {
      receivedAtMillis: clock(),
      publicKey,
      findModel,
      sdkName: c.req.header('x-langfuse-sdk-name') ?? 'unknown',
      sdkVersion: c.req.header('x-langfuse-sdk-version') ?? 'unknown',
    }
    const mapped = decoded.map((origin) => ({ origin, observations: mapSpans(origin, ingestion) }))
    store.putObservations(mapped.flatMap(({ observations }) => observations))
    if (writeLegacy !== undefined) {
      const updates = mapped.map(({ origin, observations }) => spanUpdates(origin, observations))
      const [traces, observations] = [
        updates.flatMap((part) => part.traces),
        updates.flatMap((part) => part.observations),
      ]
      writeLegacy({ traces, observations }, ingestion.receivedAtMillis)
    }
    accepted += 1
    return c.json(ingestionJobJson(ingestion, accepted, version))
  }
}

/** The spans; undefined for an export without any, which is fine. */
function decode(body: Buffer, contentType: string): readonly DecodedScopeSpans[] | undefined {
  if (contentType.includes('application/x-protobuf')) {
    const decoded = attempt('Failed to parse OTel Protobuf Trace', () => decodeProtobuf(body))
    refuseIf(findMissingIds(decoded))
    return decoded.length === 0 ? undefined : decoded
  }
  if (!contentType.includes('application/json')) throw badExport('Invalid content type')
  const resourceSpans = attempt('Failed to parse OTel JSON Trace', () => parseResourceSpans(body))
  if (!resourceSpans || (Array.isArray(resourceSpans) && resourceSpans.length === 0)) return undefined
  refuseIf(inspectExport(resourceSpans))
  return attempt('Failed to parse OTel JSON Trace', () => decodeJson(Array.isArray(resourceSpans) ? resourceSpans : []))
}

function parseResourceSpans(body: Buffer): unknown {
  const parsed: unknown = JSON.parse(body.toString('utf8'))
  if (Array.isArray(parsed)) return undefined
  if (!isRecord(parsed)) throw new TypeError('not an object')
  return parsed.resourceSpans
}

/** What fails inside is the sender's fault; the words are Langfuse's, which say no more. */
function attempt<T>(message: string, work: () => T): T {
  try {
    return work()
  } catch {
    throw badExport(message)
  }
}

function refuseIf(problem: string | undefined): void {
  if (problem !== undefined) throw badExport(problem)
}

function requireKnownVersion(version: string): void {
  if (version === '') return
  const number = Number.parseInt(version, 10)
  if (Number.isNaN(number) || number > MAX_INGESTION_VERSION) {
    throw badExport(
      `Unsupported x-langfuse-ingestion-version: "${version}". Maximum supported: "${MAX_INGESTION_VERSION}".`,
    )
  }
}

function badExport(error: string): ApiError {
  return new ApiError(400, { error })
}
