/**
 * What the process answers to its shell. `--help` and the README list them.
 *
 * The two above 128 are the shells' convention for "ended by signal n": scripts tell an interrupted command from a failed one by them.
 */
export const EXIT_CODES = {
  /** The command did what was asked, also if it found nothing. */
  done: 0,
  /** The command was understood and could not be carried out. */
  failed: 1,
  /** The command line itself is wrong; nothing was attempted. */
  wrongUsage: 2,
  /** Ended by SIGINT before it was done. */
  interrupted: 130,
  /** Ended by SIGTERM before it was done. */
  terminated: 143,
} as const

/** One of {@link EXIT_CODES}. */
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES]
