import { createHash } from 'node:crypto'
import { CliError } from '../cli-error.js'
import type { Outcome } from '../send/langfuse-client.js'
import type { MediaReference } from './media-references.js'
import { type PushDestination, type PushSide, readOne, write } from './push-side.js'
import type { PushTally } from './push-tally.js'

const PATH = '/api/public/media'
const ATTEMPTS = 3

/** What names files: an observation, or an item of a dataset of the destination. */
export type MediaOwner =
  | { readonly traceId: string; readonly observationId: string }
  | { readonly datasetId: string; readonly datasetItemId: string }

/** Pushes the files that something names. Called again, it sends what is missing. */
export type MediaPush = (owner: MediaOwner, references: readonly MediaReference[], about: string) => Promise<void>

/**
 * Prepares to push files. Their ids stay: Langfuse makes them of their content.
 *
 * @param source - Where from.
 * @param destination - Where to.
 * @param tally - Counts files that were uploaded, and those that could not be.
 * @returns What pushes them.
 */
export function createMediaPush(source: PushSide, destination: PushDestination, tally: PushTally): MediaPush {
  const tickets = new Map<string, Ticket | undefined>()
  const pushOne = async (owner: MediaOwner, { mediaId, field }: MediaReference, about: string): Promise<void> => {
    if (destination.isDryRun) {
      if (!tickets.has(mediaId) && (await isMissing(destination, mediaId))) tally.media += 1
      tickets.set(mediaId, undefined)
      return
    }
    const file = tickets.has(mediaId) ? undefined : await fetchFile(source, mediaId)
    if (!tickets.has(mediaId)) tickets.set(mediaId, file?.ticket)
    const ticket = tickets.get(mediaId)
    if (ticket === undefined) {
      tally.notes.push({ about, reason: `its file ${mediaId} is not there where it is read from` })
      return
    }
    const refusal = await announce({ ...owner, ...ticket, field }, destination, async () => {
      const again = file ?? (await fetchFile(source, mediaId))
      if (again !== undefined) tally.media += 1
      return again?.bytes
    })
    if (refusal !== undefined) tally.refused.push({ about, reason: `file ${mediaId}: ${refusal}` })
  }
  // One after the other: two things that name the same file would both upload it, and memory holds one file.
  let last: Promise<unknown> = Promise.resolve()
  return (owner, references, about) => {
    const next = last.then(async () => {
      for (const reference of references) await pushOne(owner, reference, about)
    })
    last = next.catch(() => {})
    return next
  }
}

async function isMissing(destination: PushSide, mediaId: string): Promise<boolean> {
  return (await readOne(destination, `${PATH}/${mediaId}`, `file ${mediaId}`)) === undefined
}

interface Ticket {
  readonly contentType: string
  readonly contentLength: number
  readonly sha256Hash: string
}

interface MediaFile {
  readonly ticket: Ticket
  readonly bytes: Uint8Array<ArrayBuffer>
}

async function fetchFile(source: PushSide, mediaId: string): Promise<MediaFile | undefined> {
  const found = await readOne(source, `${PATH}/${mediaId}`, `file ${mediaId}`)
  if (typeof found?.url !== 'string' || typeof found.contentType !== 'string') return undefined
  const { url } = found
  const outcome = await insist(() => source.client.download(url, source.signal))
  if (outcome.kind !== 'accepted' || !(outcome.body instanceof Uint8Array)) return undefined
  const bytes = new Uint8Array(outcome.body)
  const sha256Hash = createHash('sha256').update(bytes).digest('base64')
  return { bytes, ticket: { contentType: found.contentType, contentLength: bytes.length, sha256Hash } }
}

/** Tells the project of a file, and uploads it if the project does not have it. Gives back why it could not. */
async function announce(
  ticket: Ticket & { readonly field: string },
  destination: PushDestination,
  bytesOf: () => Promise<Uint8Array<ArrayBuffer> | undefined>,
): Promise<string | undefined> {
  const announced = await write(destination, { path: PATH, json: JSON.stringify(ticket) }, 'media')
  if (announced.kind === 'refused') return announced.reason
  const { uploadUrl, mediaId }: { uploadUrl?: unknown; mediaId?: unknown } = Object(announced.body)
  if (typeof uploadUrl !== 'string' || typeof mediaId !== 'string') return undefined
  const bytes = await bytesOf()
  if (bytes === undefined) return 'it is gone where it is read from'
  const upload = { bytes, headers: storeHeaders(uploadUrl, ticket) }
  const outcome = await insist(() => destination.client.upload(uploadUrl, upload, destination.signal))
  const result = outcome.kind === 'accepted' ? { uploadHttpStatus: 200 } : failedResult(outcome)
  const json = JSON.stringify({ uploadedAt: new Date().toISOString(), ...result })
  const reported = await write(destination, { path: `${PATH}/${mediaId}`, json, method: 'PATCH' }, 'media')
  if (outcome.kind !== 'accepted') return outcome.reason
  return reported.kind === 'refused' ? reported.reason : undefined
}

function failedResult(outcome: Exclude<Outcome, { kind: 'accepted' }>): object {
  const status = outcome.kind === 'refused' ? outcome.status : undefined
  return { uploadHttpStatus: status ?? 500, uploadHttpError: outcome.reason }
}

// The address is signed together with these. Google's store accepts only the first.
function storeHeaders(url: string, { contentType, sha256Hash }: Ticket): Record<string, string> {
  const isGoogle = /(^|\.)storage\.googleapis\.com$/.test(new URL(url).hostname)
  return {
    'content-type': contentType,
    ...(isGoogle ? {} : { 'x-amz-checksum-sha256': sha256Hash, 'x-ms-blob-type': 'BlockBlob' }),
  }
}

// Both may be done twice.
async function insist(request: () => Promise<Outcome>): Promise<Outcome> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await stoppable(request)
    if (outcome.kind === 'accepted' || outcome.kind === 'refused' || attempt === ATTEMPTS) return outcome
  }
}

async function stoppable(request: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await request()
  } catch (cause) {
    // The client rejects for nothing else than its signal.
    throw new CliError('stopped', 'Stopped while moving files', { cause })
  }
}
