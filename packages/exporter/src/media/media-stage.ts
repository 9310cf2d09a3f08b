import { context } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'
import type { MediaProblem } from '../delivery/failure-reports.js'
import { createHttpClient, type HttpClient } from '../delivery/http-client.js'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
import { extractMedia } from './extract-media.js'
import type { Media } from './media.js'
import { mediaAttributes } from './media-attributes.js'
import { type MediaTarget, uploadMedia } from './upload-media.js'
import { withoutMedia } from './without-media.js'

/** How much media may be on their way. */
export interface MediaBounds {
  /** Characters of attributes that carry media. */
  readonly maxCharacters: number
  /** Spans whose media are uploaded at a time. */
  readonly concurrency: number
}

interface Load {
  readonly media: readonly Media[]
  readonly characters: number
}

/**
 * Takes media out of spans and uploads them. The spans go on at once, with references in the place of media: whatever becomes of an upload, it
 * holds no span back. What there is no room for is left out, with a mark.
 */
export class MediaStage {
  readonly #target: MediaTarget
  readonly #bounds: MediaBounds
  readonly #onProblem: (problem: MediaProblem) => void
  readonly #client: HttpClient = createHttpClient()
  readonly #waiting: Load[] = []
  readonly #underWay = new Set<Promise<void>>()
  #end = new AbortController()
  #characters = 0

  /**
   * @param target - Where media go.
   * @param bounds - How much at a time.
   * @param onProblem - Told when media were left out or not uploaded.
   */
  constructor(target: MediaTarget, bounds: MediaBounds, onProblem: (problem: MediaProblem) => void) {
    this.#target = target
    this.#bounds = bounds
    this.#onProblem = onProblem
  }

  /**
   * Takes the media out of a span on its way out.
   *
   * @param span - The span.
   * @returns The span without media; the same one if it has none.
   */
  pass(span: OutgoingSpan): OutgoingSpan {
    const carrying = mediaAttributes(span)
    if (!carrying) return span
    const characters = Object.values(carrying).reduce<number>((sum, value) => sum + String(value).length, 0)
    if (this.#characters + characters > this.#bounds.maxCharacters) {
      this.#onProblem({ kind: 'no_room' })
      return { ...span, attributes: { ...span.attributes, ...withoutMedia(carrying) } }
    }
    const { attributes, media } = extractMedia(span, carrying)
    if (media.length > 0) {
      this.#characters += characters
      this.#waiting.push({ media, characters })
      this.#setOff()
    }
    return { ...span, attributes: { ...span.attributes, ...attributes } }
  }

  /** Whether nothing is being uploaded. */
  get isEmpty(): boolean {
    return this.#underWay.size === 0
  }

  /** Resolves when all that is held now was uploaded, or the upload has failed. */
  async flush(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  /** Gives up the uploads that are under way or waiting; resolves when nothing is left of them. */
  endUploads(): Promise<void> {
    for (const { characters } of this.#waiting.splice(0)) this.#characters -= characters
    this.#end.abort()
    this.#end = new AbortController()
    return this.flush()
  }

  /** Gives up all uploads and closes the connections. */
  async close(): Promise<void> {
    await this.endUploads()
    this.#client.close()
  }

  #setOff(): void {
    while (this.#underWay.size < this.#bounds.concurrency) {
      const load = this.#waiting.shift()
      if (!load) return
      const done = this.#upload(load).finally(() => {
        this.#characters -= load.characters
        this.#underWay.delete(done)
        this.#setOff()
      })
      this.#underWay.add(done)
    }
  }

  async #upload({ media }: Load): Promise<void> {
    const { signal } = this.#end
    // Requests must not be traced, nor those that they lead to.
    const uploads = context.with(suppressTracing(context.active()), () =>
      media.map((file) => uploadMedia(file, this.#target, this.#client, signal)),
    )
    for (const upload of await Promise.allSettled(uploads)) {
      if (upload.status === 'rejected') this.#onProblem({ kind: 'failed', error: upload.reason })
    }
  }
}
