import { context } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'
import { createHttpClient, type HttpClient } from '../delivery/http-client.js'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
import { extractMedia } from './extract-media.js'
import type { MaskFile, Media } from './media.js'
import { mediaAttributes } from './media-attributes.js'
import type { MediaProblem } from './media-reports.js'
import { type MediaTarget, uploadMedia } from './upload-media.js'

/** How much media may be on their way. */
export interface MediaBounds {
  /** Bytes of files that wait or are being uploaded. */
  readonly maxBytes: number
  /** Files that are uploaded at a time. */
  readonly concurrency: number
}

/** What a media stage works with. */
export interface MediaStageParts {
  readonly target: MediaTarget
  readonly bounds: MediaBounds
  /** Masks what can be masked of a file; undefined when nothing is to be. */
  readonly maskFile: MaskFile | undefined
  /** Told when media were left out or not uploaded. */
  readonly onProblem: (problem: MediaProblem) => void
}

interface Upload {
  readonly media: Media
  readonly bytes: number
  readonly end: AbortController
  readonly done: Promise<void>
  readonly settle: () => void
}

/** What a file takes beside its content: many empty ones are many all the same. */
const FILE_BYTES = 1024

/**
 * Takes media out of spans and uploads them. The spans go on at once, with references in the place of media: whatever becomes of an upload, it
 * holds no span back. What there is no room for is left out, with a mark. Uploads do not keep the process alive, who waits for them does.
 */
export class MediaStage {
  readonly #parts: MediaStageParts
  readonly #client: HttpClient = createHttpClient({}, { keepsProcessAlive: false })
  readonly #waiting = new Set<Upload>()
  readonly #underWay = new Set<Upload>()
  #bytes = 0
  #isEnded = false

  constructor(parts: MediaStageParts) {
    this.#parts = parts
  }

  /**
   * Takes the media out of a span on its way out. What is to be masked in its attributes must be masked by now.
   *
   * @param span - The span.
   * @returns The span without media; the same one if it has none.
   */
  pass(span: OutgoingSpan): OutgoingSpan {
    const carrying = mediaAttributes(span)
    if (!carrying) return span
    const { bounds, maskFile, onProblem } = this.#parts
    let room = this.#isEnded ? 0 : bounds.maxBytes - this.#bytes
    const admits = (bytes: number): boolean => {
      if (bytes + FILE_BYTES > room) return false
      room -= bytes + FILE_BYTES
      return true
    }
    const { attributes, media, leftOut } = extractMedia(span, carrying, { admits, maskFile })
    if (leftOut > 0) onProblem({ kind: this.#isEnded ? 'too_late' : 'no_room' })
    for (const file of media) this.#hold(file)
    this.#setOff()
    return { ...span, attributes: { ...span.attributes, ...attributes } }
  }

  /** Whether nothing is being uploaded. */
  get isEmpty(): boolean {
    return this.#underWay.size === 0
  }

  /** Resolves when all that is held now was uploaded, or the upload has failed. */
  async flush(): Promise<void> {
    await Promise.all(this.#held().map(({ done }) => done))
  }

  /** Gives up the uploads that are under way or waiting; resolves when nothing is left of them. */
  async endUploads(): Promise<void> {
    const held = this.#held()
    if (held.length === 0) return
    this.#parts.onProblem({ kind: 'given_up', files: held.length })
    for (const upload of this.#waiting) this.#release(upload)
    for (const { end } of this.#underWay) end.abort()
    await Promise.all(held.map(({ done }) => done))
  }

  /** Gives up all uploads, and leaves the media of spans that still come out. */
  async end(): Promise<void> {
    this.#isEnded = true
    await this.endUploads()
  }

  /** The same, and closes the connections. */
  async close(): Promise<void> {
    await this.end()
    this.#client.close()
  }

  #held(): readonly Upload[] {
    return [...this.#underWay, ...this.#waiting]
  }

  #hold(media: Media): void {
    const bytes = media.bytes.byteLength + FILE_BYTES
    let settle = (): void => {}
    const done = new Promise<void>((resolve) => {
      settle = resolve
    })
    this.#bytes += bytes
    this.#waiting.add({ media, bytes, end: new AbortController(), done, settle })
  }

  #setOff(): void {
    for (const upload of this.#waiting) {
      if (this.#underWay.size >= this.#parts.bounds.concurrency) return
      this.#waiting.delete(upload)
      this.#underWay.add(upload)
      void this.#upload(upload)
    }
  }

  async #upload(upload: Upload): Promise<void> {
    const { media, end } = upload
    try {
      // Requests must not be traced, nor those that they lead to.
      const uploading = (): Promise<void> => uploadMedia(media, this.#parts.target, this.#client, end.signal)
      await context.with(suppressTracing(context.active()), uploading)
    } catch (error) {
      // Of one that was given up, it is told elsewhere.
      if (!end.signal.aborted) this.#parts.onProblem({ kind: 'failed', error })
    }
    this.#release(upload)
    this.#setOff()
  }

  #release(upload: Upload): void {
    this.#bytes -= upload.bytes
    this.#waiting.delete(upload)
    this.#underWay.delete(upload)
    upload.settle()
  }
}
