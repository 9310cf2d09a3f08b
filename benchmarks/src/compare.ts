/** One way to do the same thing. */
export interface Case {
  readonly name: string
  /** Does it `count` times. */
  readonly run: (count: number) => void | Promise<void>
  /** Puts things back after a round; its time does not count. */
  readonly after?: () => Promise<void>
}

/** What a case cost. */
export interface Cost {
  readonly name: string
  /** Median over the rounds. */
  readonly microsPerCall: number
  /** Median over the rounds of its time against the first case's in the same round. */
  readonly ratio: number
}

/**
 * Times cases against the first one. The rounds take turns and the ratio is taken within each, so that a machine that others use
 * slows all of them alike.
 *
 * @param cases - The baseline first.
 * @param count - Calls a round.
 * @param rounds - How many rounds; as many as take 20,000 calls are run before, until the code is compiled as it is in a service.
 */
export async function compare(cases: readonly Case[], count: number, rounds = 41): Promise<Cost[]> {
  const times: number[][] = cases.map(() => [])
  for (let round = -Math.ceil(20_000 / count); round < rounds; round++) {
    for (const [index, { run, after }] of cases.entries()) {
      const start = performance.now()
      await run(count)
      const micros = ((performance.now() - start) * 1000) / count
      if (round >= 0) times[index]?.push(micros)
      await after?.()
      // What a case left behind (timers, microtasks) is not the next one's.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const baseline = times[0] ?? []
  return cases.map(({ name }, index) => {
    const own = times[index] ?? []
    return {
      name,
      microsPerCall: median(own),
      ratio: median(own.map((micros, round) => micros / (baseline[round] ?? Number.NaN))),
    }
  })
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
