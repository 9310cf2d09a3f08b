import { type PatientTimer, startPatientTimer } from './patient-timer.js'

/** How long flushes wait for a server: as long as answers come, and a while longer. */
export class Patience {
  readonly #waiting = new Set<Wait>()
  readonly #isBusy: () => boolean

  /** @param isBusy - Whether something is being done that does not need the server and is done soon. */
  constructor(isBusy: () => boolean) {
    this.#isBusy = isBusy
  }

  /**
   * Waits for something to happen, as long as there is hope.
   *
   * @param happened - Resolves when it has.
   * @param patienceMillis - How long to go without an answer of the server.
   */
  async wait(happened: Promise<void>, patienceMillis: number): Promise<void> {
    const wait = new Wait(patienceMillis, this.#isBusy)
    this.#waiting.add(wait)
    try {
      await Promise.race([happened, wait.isOver])
    } finally {
      wait.end()
      this.#waiting.delete(wait)
    }
  }

  /** The server has answered: everybody waits on. */
  reward(): void {
    for (const wait of this.#waiting) wait.restart()
  }

  /**
   * The server has not taken something.
   *
   * @param nextMillis - When it will be asked again.
   * @param isSafe - Whether everything is on disk: then there is no reason to wait for a server that is away.
   */
  setBack(nextMillis: number, isSafe: boolean): void {
    for (const wait of this.#waiting) if (isSafe || nextMillis >= wait.remainingMillis()) wait.end()
  }

  /** Nothing is to be expected any more. */
  end(): void {
    for (const wait of this.#waiting) wait.end()
  }
}

class Wait {
  readonly isOver: Promise<void>
  readonly #patienceMillis: number
  readonly #isBusy: () => boolean
  #since = performance.now()
  #timer: PatientTimer | undefined
  #resolve: () => void = () => {}

  constructor(patienceMillis: number, isBusy: () => boolean) {
    this.#patienceMillis = patienceMillis
    this.#isBusy = isBusy
    this.isOver = new Promise((resolve) => {
      this.#resolve = resolve
    })
    this.#watch()
  }

  restart(): void {
    this.#since = performance.now()
  }

  remainingMillis(): number {
    return this.#since + this.#patienceMillis - performance.now()
  }

  end(): void {
    this.#timer?.clear()
    this.#resolve()
  }

  // One timer that looks again, rather than a new one for every answer. It keeps the process alive: somebody awaits the flush.
  #watch(): void {
    this.#timer = startPatientTimer(Math.max(1, this.remainingMillis()), () => this.#look())
  }

  #look(): void {
    if (this.remainingMillis() > 0) this.#watch()
    // A request whose time is up in this very moment comes first: what became of it is to be told.
    else setImmediate(() => (this.#isBusy() ? this.#watch() : this.end()))
  }
}
