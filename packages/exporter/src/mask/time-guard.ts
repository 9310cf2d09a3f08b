import { type Context, createContext, Script } from 'node:vm'

/** Runs work that may not come to an end. */
export interface TimeGuard {
  /**
   * Runs a job on this thread and ends it from outside when it takes too long. A job that is ended sees nothing of it: no `catch` and
   * no `finally` of it runs.
   *
   * @param job - What to do.
   * @param limitMillis - How long it may take, at least 1.
   * @returns `done`, or `timed_out` when it was ended.
   * @throws What the job throws.
   */
  run(job: () => void, limitMillis: number): 'done' | 'timed_out'
}

/**
 * Creates a guard. Node's `vm` is the one door to V8's `TerminateExecution`, which also interrupts a regular expression that
 * backtracks; the script does nothing but call the job back. A run costs some 60 to 90 µs, for the thread that watches the time.
 */
export function createTimeGuard(): TimeGuard {
  const script = new Script('run()', { filename: 'axion-mask' })
  const global: { run: () => void } = { run: idle }
  // Late: a context takes a millisecond and a megabyte, and an application may configure masking and end no span.
  let context: Context | undefined
  return {
    run(job, limitMillis) {
      context ??= createContext(global)
      global.run = job
      try {
        script.runInContext(context, { timeout: limitMillis })
        return 'done'
      } catch (error) {
        if (isTimeout(error)) return 'timed_out'
        throw error
      } finally {
        // The job holds a batch of spans.
        global.run = idle
      }
    },
  }
}

// No `instanceof`: the error comes from the script's own realm.
function isTimeout(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
}

function idle(): void {}
