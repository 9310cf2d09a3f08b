import type { Resource } from '@opentelemetry/resources'

/**
 * Waits for resource detectors, for each resource a while only: what a detector that hangs would have told is not worth the spans.
 */
export class DetectorPatience {
  readonly #millis: number
  readonly #onOverdue: () => void
  // Weak: resources are the application's.
  readonly #overdue = new WeakSet<Resource>()
  readonly #waits = new WeakMap<Resource, Promise<void>>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #holders = 0

  /**
   * @param millis - How long a resource is waited for, from when it is first met.
   * @param onOverdue - Told when that was not enough.
   */
  constructor(millis: number, onOverdue: () => void) {
    this.#millis = millis
    this.#onOverdue = onOverdue
  }

  /** Whether there is something to wait for. Begins the wait. */
  isDetecting(resource: Resource): boolean {
    if (!isPending(resource) || this.#overdue.has(resource)) return false
    if (!this.#waits.has(resource)) this.#waits.set(resource, this.#wait(resource))
    return true
  }

  /** Resolves when the detectors of a resource are done, or their time is up. Never rejects. */
  detected(resource: Resource): Promise<void> {
    return (this.isDetecting(resource) ? this.#waits.get(resource) : undefined) ?? Promise.resolve()
  }

  /** Keeps the process alive while somebody awaits something; by itself a wait does not. */
  async hold(work: Promise<unknown>): Promise<void> {
    this.#holders++
    for (const timer of this.#timers) timer.ref()
    await work
    if (--this.#holders === 0) for (const timer of this.#timers) timer.unref()
  }

  async #wait(resource: Resource): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const timeUp = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.#overdue.add(resource)
        this.#onOverdue()
        resolve()
      }, this.#millis)
      if (this.#holders === 0) timer.unref()
      this.#timers.add(timer)
    })
    await Promise.race([detectedBy(resource), timeUp])
    clearTimeout(timer)
    if (timer) this.#timers.delete(timer)
  }
}

// Of a resource of one's own, this may be a getter that throws.
function isPending(resource: Resource): boolean {
  try {
    return resource.asyncAttributesPending === true
  } catch {
    return false
  }
}

// What a detector fails with is not ours to tell.
async function detectedBy(resource: Resource): Promise<void> {
  try {
    await resource.waitForAsyncAttributes?.()
  } catch {}
}
