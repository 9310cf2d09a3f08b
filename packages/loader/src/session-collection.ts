import type { Session } from './session.js'
import { TraceCollection } from './trace-collection.js'

/** Sessions that were fetched: array-like and iterable. Never changed: `filter` gives a new one. */
export class SessionCollection {
  /** The session at a position. */
  readonly [index: number]: Session
  readonly #sessions: readonly Session[]

  /** @param sessions - The sessions, in the order to keep. */
  constructor(sessions: Iterable<Session> = []) {
    this.#sessions = [...sessions]
    // Own properties, as in a TraceCollection.
    Object.assign(this, this.#sessions)
  }

  /** How many sessions there are. */
  get length(): number {
    return this.#sessions.length
  }

  /** All traces of all sessions, each session's oldest first. */
  get traces(): TraceCollection {
    return new TraceCollection(this.#sessions.flatMap(({ traces }) => traces))
  }

  /** @returns The sessions in order. */
  [Symbol.iterator](): Iterator<Session> {
    return this.#sessions[Symbol.iterator]()
  }

  /**
   * @param index - Position; a negative one counts from the end.
   * @returns The session there, if there is one.
   */
  at(index: number): Session | undefined {
    return this.#sessions.at(index)
  }

  /**
   * @param predicate - Whether to keep a session.
   * @returns A new collection of those kept.
   */
  filter(predicate: (session: Session, index: number) => boolean): SessionCollection {
    return new SessionCollection(this.#sessions.filter((session, index) => predicate(session, index)))
  }

  /**
   * @param map - What to make of a session.
   * @returns A plain array of the results.
   */
  map<Result>(map: (session: Session, index: number) => Result): Result[] {
    return this.#sessions.map((session, index) => map(session, index))
  }
}
