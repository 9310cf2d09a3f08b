/** What a push moves, in its order: what others refer to comes first. */
export const PUSH_PARTS = ['score-configs', 'prompts', 'traces', 'media', 'datasets', 'comments'] as const

/** One of the things that a push moves. Traces have their scores with them, datasets their items, all three parts that know files their media. */
export type PushPart = (typeof PUSH_PARTS)[number]

// What belongs to traces, and so goes with those that filters pick.
const OF_TRACES: readonly PushPart[] = ['traces', 'media', 'comments']

/** What the flags say of parts. */
export interface PartFlags {
  readonly only?: readonly PushPart[]
  readonly skip?: readonly PushPart[]
}

/**
 * Decides which parts are pushed.
 *
 * @param flags - `--only` and `--skip`.
 * @param isFiltered - Whether filters pick some of the traces; then, unless it is named, nothing goes that belongs to none of them.
 * @returns The parts.
 */
export function choosePushParts({ only, skip = [] }: PartFlags, isFiltered: boolean): ReadonlySet<PushPart> {
  const wanted = only ?? (isFiltered ? OF_TRACES : PUSH_PARTS)
  return new Set(PUSH_PARTS.filter((part) => wanted.includes(part) && !skip.includes(part)))
}
