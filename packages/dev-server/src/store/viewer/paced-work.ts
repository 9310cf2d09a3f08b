/** What nobody waits for waits until nothing has been written for so long … */
const QUIET_MILLIS = 400
/** … but no longer than this, then it takes a step at each of these. */
const BUSY_MILLIS = 1000
/** After an error, such as a full disk. */
const RETRY_MILLIS = 5000

/** Work in steps, at a pace that leaves room for those who write. With nothing to do it has no timer, and it keeps no process alive. */
export class PacedWork {
  private readonly step: () => boolean
  private readonly sinceWriteMillis: () => number
  private timer: NodeJS.Timeout | undefined
  private isHurried = false
  private lastStepMillis = Number.NEGATIVE_INFINITY
  private isClosed = false

  /**
   * @param step Takes a step, and says whether there is more to do.
   * @param sinceWriteMillis How long ago somebody wrote.
   */
  constructor(step: () => boolean, sinceWriteMillis: () => number) {
    this.step = step
    this.sinceWriteMillis = sinceWriteMillis
  }

  /**
   * Takes steps when it is quiet, or when it was busy for long.
   *
   * @param delayMillis When to look.
   */
  schedule(delayMillis: number = QUIET_MILLIS): void {
    if (this.isClosed) return
    this.timer ??= setTimeout(() => this.run(), delayMillis).unref()
  }

  /**
   * Takes steps soon, whoever writes, until there is nothing more to do.
   *
   * @param delayMillis How soon.
   */
  hurry(delayMillis: number): void {
    if (this.isHurried) return
    clearTimeout(this.timer)
    this.timer = undefined
    this.isHurried = true
    this.schedule(delayMillis)
  }

  /** Takes no step any more. */
  close(): void {
    this.isClosed = true
    clearTimeout(this.timer)
  }

  private run(): void {
    this.timer = undefined
    const isBusy = this.sinceWriteMillis() < QUIET_MILLIS && !this.isHurried
    if (isBusy && performance.now() - this.lastStepMillis < BUSY_MILLIS) {
      this.schedule()
      return
    }
    this.lastStepMillis = performance.now()
    try {
      // At once if there is more and nobody writes, but after whoever waits for an answer.
      if (this.step()) this.schedule(isBusy ? QUIET_MILLIS : 0)
      else this.isHurried = false
    } catch {
      // Nobody waits for this work, so nobody could be told of its errors, such as a full disk: it is tried again.
      this.isHurried = false
      this.schedule(RETRY_MILLIS)
    }
  }
}
