import { randomUUID } from 'node:crypto'
import type { Ingestion } from '../mapping/map-span.js'
import { isoTime } from './date-time.js'
import { ORGANIZATION, PROJECT } from './identity.js'

/**
 * What Langfuse answers to an accepted export: the job it put into its queue, for protobuf as well. Nothing here has a queue,
 * but a client may read any of these fields, so all of them are there.
 *
 * @param ingestion The request.
 * @param number How many exports were accepted before it, plus one.
 * @param ingestionVersion The header `x-langfuse-ingestion-version`, or empty.
 * @returns What to serialize.
 */
export function ingestionJobJson(
  ingestion: Ingestion,
  number: number,
  ingestionVersion: string,
): Record<string, unknown> {
  const timestamp = isoTime(ingestion.receivedAtMillis)
  const folder = timestamp.slice(0, 16).replace(/[-T:]/g, '/')
  return {
    name: 'otel-ingestion-job',
    data: {
      id: randomUUID(),
      timestamp,
      name: 'otel-ingestion-job',
      payload: {
        data: { fileKey: `events/otel/${PROJECT.id}/${folder}/${randomUUID()}.json`, publicKey: ingestion.publicKey },
        authCheck: { validKey: true, scope: { projectId: PROJECT.id, accessLevel: 'project', orgId: ORGANIZATION.id } },
        sdkName: ingestion.sdkName,
        sdkVersion: ingestion.sdkVersion,
        ingestionVersion,
      },
    },
    opts: { attempts: 6, removeOnComplete: true, removeOnFail: 100_000, backoff: { type: 'exponential', delay: 5000 } },
    id: String(number),
    progress: 0,
    returnvalue: null,
    stacktrace: null,
    priority: 0,
    attemptsStarted: 0,
    attemptsMade: 0,
    stalledCounter: 0,
    timestamp: ingestion.receivedAtMillis,
    queueQualifiedName: 'bull:otel-ingestion-queue',
  }
}
