import { errorCode } from './error-code.js'
import type { SpoolProblem } from './spool.js'

/** Counts what goes wrong, and tells each kind of it once. */
export class ProblemLog {
  readonly #dir: string
  readonly #tell: (problem: SpoolProblem) => void
  readonly #told = new Set<string>()
  readonly #errors = new Map<string, number>()

  /**
   * @param dir - The spool's, for the messages.
   * @param tell - Is told. What it throws is swallowed: a spool never breaks the program.
   */
  constructor(dir: string, tell: (problem: SpoolProblem) => void) {
    this.#dir = dir
    this.#tell = tell
  }

  /**
   * A file operation failed.
   *
   * @param attempt - What was to be done: `store spans`.
   * @param error - What was thrown.
   */
  failed(attempt: string, error: unknown): void {
    const code = errorCode(error)
    this.#errors.set(code, (this.#errors.get(code) ?? 0) + 1)
    this.say({ code, message: `The spool in ${this.#dir} cannot ${attempt}: ${text(error)}` })
  }

  /** Something on disk is not what was written. */
  damaged(): void {
    this.say({ code: 'damaged', message: `The spool in ${this.#dir} skips spans that were damaged on disk` })
  }

  /** Files are not there any more. */
  vanished(): void {
    this.say({ code: 'vanished', message: `The spool in ${this.#dir} lost spans: somebody deleted files in it` })
  }

  /** Another process reads what this one has written. */
  takenOver(): void {
    const message = `The spool in ${this.#dir} was taken over by another process, because this one gave no sign of life: spans may be sent twice`
    this.say({ code: 'taken_over', message })
  }

  /** Something is not as it should be. */
  say(problem: SpoolProblem): void {
    if (this.#told.has(problem.code)) return
    this.#told.add(problem.code)
    try {
      this.#tell(problem)
    } catch {}
  }

  /** How many operations failed, by code. */
  errors(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#errors)
  }
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
