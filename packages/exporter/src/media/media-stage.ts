import type { Attributes } from '@opentelemetry/api'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
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

/** What the media stage does with spans. */
export interface MediaOutlets {
  /** Takes a span whose media were replaced. */
  readonly deliver: (span: OutgoingSpan) => void
  /** Told when media could not be uploaded, for want of room or of a way. */
  readonly onSkipped: () => void
}

interface Held {
  readonly span: OutgoingSpan
  readonly attributes: Attributes
  readonly characters: number
}

/**
 * Takes spans that carry media aside, uploads the media, and lets the spans go on with references in their place. Other spans do not wait for
 * them. What there is no room for goes on at once, with a mark where the media were.
 */
export class MediaStage {
  readonly #target: MediaTarget
  readonly #bounds: MediaBounds
  readonly #outlets: MediaOutlets
  readonly #waiting: Held[] = []
  readonly #underWay = new Set<Promise<void>>()
  /** Spans that were not handed on yet. */
  readonly #held = new Set<Held>()
  #characters = 0

  /**
   * @param target - Where media go.
   * @param bounds - How much at a time.
   * @param outlets - Where spans go.
   */
  constructor(target: MediaTarget, bounds: MediaBounds, outlets: MediaOutlets) {
    this.#target = target
    this.#bounds = bounds
    this.#outlets = outlets
  }

  /**
   * Looks at a span on its way out.
   *
   * @param span - The span.
   * @returns The span, when it may go on at once; undefined when it was taken aside and is delivered later.
   */
  pass(span: OutgoingSpan): OutgoingSpan | undefined {
    const attributes = mediaAttributes(span)
    if (!attributes) return span
    const characters = Object.values(attributes).reduce<number>((sum, value) => sum + String(value).length, 0)
    if (this.#characters + characters > this.#bounds.maxCharacters) {
      this.#outlets.onSkipped()
      return merged(span, withoutMedia(attributes))
    }
    const held = { span, attributes, characters }
    this.#characters += characters
    this.#held.add(held)
    this.#waiting.push(held)
    this.#setOff()
    return undefined
  }

  /** Whether no span is held and nothing is being uploaded. */
  get isEmpty(): boolean {
    return this.#held.size === 0 && this.#underWay.size === 0
  }

  /** Resolves when all that is held now was handed on and uploaded, or the upload has failed. */
  async flush(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  /** Hands on what is held, now: with a mark where the media are. */
  release(): void {
    this.#waiting.length = 0
    for (const held of this.#held) this.#handOn(held, withoutMedia(held.attributes))
  }

  #setOff(): void {
    while (this.#underWay.size < this.#bounds.concurrency) {
      const held = this.#waiting.shift()
      if (!held) return
      const done = this.#upload(held).finally(() => {
        this.#characters -= held.characters
        this.#underWay.delete(done)
        this.#setOff()
      })
      this.#underWay.add(done)
    }
  }

  async #upload(held: Held): Promise<void> {
    const { replaced, uploaded } = uploadMedia(held.span, held.attributes, this.#target)
    try {
      this.#handOn(held, await replaced)
    } catch {
      this.#outlets.onSkipped()
      this.#handOn(held, withoutMedia(held.attributes))
    }
    await uploaded
  }

  // Once: a span that was released does not go on again.
  #handOn(held: Held, attributes: Attributes): void {
    if (this.#held.delete(held)) this.#outlets.deliver(merged(held.span, attributes))
  }
}

function merged(span: OutgoingSpan, attributes: Attributes): OutgoingSpan {
  return { ...span, attributes: { ...span.attributes, ...attributes } }
}
