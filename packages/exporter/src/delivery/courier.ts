import type { EncodedBatch } from '../encode/encoded-batch.js'
import type { Parcel } from '../queue/parcel.js'
import { BackOff } from './back-off.js'
import type { SendOutcome } from './batch-sender.js'
import type { CourierParts } from './courier-parts.js'
import { type Deadline, startDeadline } from './deadline.js'
import { DoubtLog } from './doubt-log.js'
import { Evidence } from './evidence.js'
import { judgeOutcome, type Verdict } from './judge-outcome.js'
import { Patience } from './patience.js'
import { sendUntraced } from './send-untraced.js'
import { SizeBound } from './size-bound.js'

/** How often the disk is looked at for what processes that ended have left. */
const DISK_ROUND_MILLIS = 30_000

/**
 * Carries batches to the server: as many at a time as allowed, one at a time while the server is failing, none while it is to be left alone.
 */
export class Courier {
  readonly #parts: CourierParts
  readonly #backOff: BackOff
  readonly #patience = new Patience(() => this.#isMoving || this.#isEnding())
  readonly #onTheWay = new Set<Deadline>()
  #wakeUp: NodeJS.Timeout | undefined
  #isMoving = false
  #isReadingDisk = false
  #isDiskEmpty = false
  #diskRound: NodeJS.Timeout | undefined
  readonly #sizeBound = new SizeBound()
  readonly #doubts = new DoubtLog()
  readonly #evidence: Evidence
  /** How many wait for what is on its way, and want nothing more from the disk meanwhile. */
  #leaseStops = 0
  #isStopped = false

  constructor(parts: CourierParts) {
    this.#parts = parts
    this.#backOff = parts.backOff ?? new BackOff()
    this.#evidence = new Evidence(() => this.#backOff.now(), parts.holdings.hasDisk)
  }

  /** Takes in a batch and sets off when there is a way. */
  carry(batch: EncodedBatch): void {
    this.#parts.holdings.store(batch, this.#backOff.isFailing)
    this.#isDiskEmpty = false
    this.#setOff()
  }

  /** Looks for what processes that ended have left, now and from time to time. */
  replay(): void {
    this.#diskRound ??= setInterval(() => {
      this.#isDiskEmpty = false
      this.#setOff()
    }, DISK_ROUND_MILLIS).unref()
    this.#setOff()
  }

  /**
   * Resolves when everything that is held now was settled, when there was no answer for a while, or when there is none to be expected: at once
   * when the server asked to be left alone for longer, and after `stop()`.
   *
   * @param patienceMillis - That while.
   * @param scope - `memory` does not wait for what is on disk: it is safe there.
   */
  async flush(patienceMillis: number, scope: 'memory' | 'all' = 'all'): Promise<void> {
    const { holdings } = this.#parts
    if (this.#isStopped) return
    const isDiskWaitedFor = scope === 'all' && this.#leaseStops === 0
    // Whoever does not wait for the disk may be about to end requests, or the process: what is on its way then is sent twice.
    if (!isDiskWaitedFor) this.#leaseStops++
    const emptied = holdings.emptied().then(() => (isDiskWaitedFor ? this.#diskEmptied() : undefined))
    this.#backOff.hurry()
    this.#isDiskEmpty = false
    const patience = this.#patience.wait(emptied, patienceMillis)
    this.#setOff()
    await patience
    if (!isDiskWaitedFor && --this.#leaseStops === 0) this.#setOff()
  }

  /**
   * Nothing but what is held will come: the flushes that follow are the last. They also wait for what is on its way of other processes', and
   * look for a span that breaks the server without another batch to compare with.
   */
  beginShutdown(): void {
    this.#evidence.beginShutdown()
  }

  /** Ends the requests that are under way, as if their time were up. */
  endRequests(): void {
    for (const deadline of this.#onTheWay) deadline.abort()
  }

  /**
   * Gives up all that is in memory, on its way or waiting, and returns what is not on disk, in sizes that the server is not known to refuse.
   * Answers that come later do not count.
   */
  surrender(): readonly EncodedBatch[] {
    const surrendered = this.#parts.holdings.surrender()
    this.endRequests()
    this.#patience.end()
    return surrendered.flatMap((parcel) => this.#sizeBound.divide(parcel))
  }

  /** Nothing leaves any more. */
  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#wakeUp)
    clearInterval(this.#diskRound)
    this.endRequests()
    this.#patience.end()
    this.#parts.sender.close()
  }

  #setOff(): void {
    const { concurrency, holdings } = this.#parts
    while (!this.#isStopped && this.#onTheWay.size < (this.#backOff.isFailing ? 1 : concurrency)) {
      const waitMillis = this.#backOff.remainingMillis()
      if (waitMillis > 0) {
        this.#setOffIn(waitMillis)
        this.#setBack()
        return
      }
      const parcel = holdings.next()
      if (!parcel) {
        void this.#readDisk()
        return
      }
      this.#deliver(parcel)
    }
  }

  async #diskEmptied(): Promise<void> {
    const { holdings } = this.#parts
    await holdings.diskEmptied()
    if (!this.#evidence.isClosing) return
    this.#leaseStops++
    await holdings.emptied()
  }

  // A request whose time is up settles in a moment.
  #isEnding(): boolean {
    for (const { isDue } of this.#onTheWay) if (isDue) return true
    return false
  }

  // Nothing will happen until the server is asked again: requests on their way may still be answered, and the disk takes what it takes.
  #setBack(): void {
    if (this.#onTheWay.size > 0 || this.#isMoving) return
    this.#patience.setBack(this.#backOff.remainingMillis(), this.#parts.holdings.isMemoryEmpty)
  }

  // A server that is away may stay away longer than the process. A batch a turn: a disk that is slow must not hold the application up.
  #moveToDisk(): void {
    if (this.#isMoving) return
    this.#isMoving = true
    setImmediate(() => {
      const { holdings } = this.#parts
      this.#isMoving = false
      if (this.#backOff.isFailing && holdings.moveToDisk()) this.#moveToDisk()
      else this.#setBack()
    })
  }

  #setOffIn(waitMillis: number): void {
    clearTimeout(this.#wakeUp)
    // A process that has nothing else to do may end: what is held is looked after when it does.
    this.#wakeUp = setTimeout(() => this.#setOff(), Math.min(waitMillis, 2 ** 31 - 1)).unref()
  }

  async #readDisk(): Promise<void> {
    if (this.#isReadingDisk || this.#isDiskEmpty || this.#leaseStops > 0) return
    this.#isReadingDisk = true
    // Before the disk is read: what goes there meanwhile says otherwise, and is read after.
    this.#isDiskEmpty = true
    const parcel = await this.#parts.holdings.nextFromDisk()
    this.#isReadingDisk = false
    if (this.#isStopped) return
    if (parcel) {
      this.#isDiskEmpty = false
      if (this.#leaseStops > 0) this.#parts.holdings.postponed(parcel, true)
      else this.#deliver(parcel)
    }
    if (!this.#isDiskEmpty) this.#setOff()
  }

  #deliver(parcel: Parcel): void {
    if (parcel.search?.givenUp) {
      this.#parts.holdings.settled(parcel, 0, parcel.spanCount)
      this.#parts.onFailure(parcel.search.givenUp.error)
      return
    }
    // What was refused before need not be sent to be refused.
    const parts = this.#sizeBound.divide(parcel)
    if (parts.length > 1) {
      this.#parts.holdings.divided(parcel, { parts, search: parcel.search, turn: 'next', doubt: parcel.doubt })
      return
    }
    const deadline = startDeadline(this.#parts.timeoutMillis)
    const startedMillis = this.#backOff.now()
    this.#onTheWay.add(deadline)
    void sendUntraced(this.#parts.sender, parcel, deadline).then((outcome) => {
      deadline.clear()
      this.#onTheWay.delete(deadline)
      if (!this.#parts.holdings.isOut(parcel)) return
      this.#learn(parcel, outcome, startedMillis)
      this.#carryOut(parcel, judgeOutcome(parcel, outcome, this.#evidence.moment(startedMillis)), startedMillis)
      this.#setOff()
    })
  }

  #learn(parcel: Parcel, { status }: SendOutcome, startedMillis: number): void {
    if (status === 'too_large') this.#sizeBound.refused(parcel)
    if (status === 'doubtful') parcel.doubt ??= this.#doubts.of(parcel)
    if (status !== 'sent') return
    this.#sizeBound.accepted()
    this.#evidence.accepted(startedMillis)
  }

  #carryOut(parcel: Parcel, verdict: Verdict, startedMillis: number): void {
    const { holdings, onFailure, onDelay, onRecovery } = this.#parts
    if (verdict.kind === 'postponed') {
      this.#backOff.failed(startedMillis, verdict.afterMillis)
      onDelay(verdict.error)
      if (parcel.doubt && verdict.mayMove) this.#doubts.remember(parcel, parcel.doubt)
      holdings.postponed(parcel, verdict.mayMove, verdict.isLast)
      this.#isDiskEmpty = false
      this.#moveToDisk()
      return
    }
    this.#doubts.forget(parcel)
    // An error of its own does not show that the server works.
    if (verdict.kind === 'divided' && verdict.doubt) {
      this.#evidence.dividedByDoubt()
      holdings.divided(parcel, verdict)
      return
    }
    const wasFailing = this.#backOff.isFailing
    this.#backOff.succeeded(startedMillis)
    this.#patience.reward()
    if (verdict.kind === 'divided') {
      holdings.divided(parcel, verdict)
      return
    }
    if (wasFailing && !this.#backOff.isFailing && verdict.exported > 0) onRecovery()
    holdings.settled(parcel, verdict.exported, verdict.failed)
    if (verdict.failed > 0) onFailure(verdict.error)
  }
}
