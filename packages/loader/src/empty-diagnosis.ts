/** How many traces would have been found, had one thing been left out. */
export interface Alternative {
  /** What was left out or widened, as the options name it: `tags`, `name`, `window` … */
  readonly without: readonly string[]
  /** How many traces there are then. */
  readonly count: number
  /** Whether counting ended there, so that there may be more. */
  readonly isAtLeast: boolean
}

/** Why a fetch found nothing. */
export interface EmptyDiagnosis {
  /** What was tried, each with one small request. */
  readonly alternatives: readonly Alternative[]
  /** The same in a sentence or two, for a person. */
  readonly message: string
}

const FLUSH_REMINDER =
  'A span is readable some seconds after it was sent: call flush() before the traced program ends, and wait.'

/**
 * Says in words why a fetch found nothing.
 *
 * @param alternatives - What was tried.
 * @returns The diagnosis.
 */
export function describeEmpty(alternatives: readonly Alternative[]): EmptyDiagnosis {
  const found = alternatives.filter(({ count }) => count > 0)
  const nothing = alternatives.filter(({ count }) => count === 0)
  const sentences = [
    'No trace fits.',
    ...found.map(({ without, count, isAtLeast }) => {
      const amount = `${isAtLeast ? 'at least ' : ''}${count} ${count === 1 && !isAtLeast ? 'does' : 'do'}`
      return `${phrase(without)} ${amount}.`
    }),
    ...nothing.map(({ without }) => `${phrase(without)} none does either.`),
    ...(found.length === 0 ? [FLUSH_REMINDER] : []),
  ]
  return { alternatives, message: sentences.join(' ') }
}

function phrase(without: readonly string[]): string {
  if (without.length === 1 && without[0] === 'window') return 'In a wider window'
  return `Without ${without.join(', ')}`
}
