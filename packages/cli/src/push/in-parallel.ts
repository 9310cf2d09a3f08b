/**
 * Does something with many things, some at a time.
 *
 * @param source - The things.
 * @param limit - How many at a time.
 * @param work - What to do.
 * @returns When all that was begun has ended, also after a failure: nothing goes on behind the back of whoever asked.
 * @throws Whatever `source` throws, or `work` first; then nothing new is begun.
 */
export async function inParallel<Thing>(
  source: AsyncIterable<Thing>,
  limit: number,
  work: (thing: Thing) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>()
  const failures: unknown[] = []
  const begin = (thing: Thing): void => {
    const one: Promise<void> = work(thing)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => running.delete(one))
    running.add(one)
  }
  try {
    for await (const thing of source) {
      while (running.size >= limit) await Promise.race(running)
      if (failures.length > 0) break
      begin(thing)
    }
  } finally {
    await Promise.all(running)
  }
  if (failures.length > 0) throw failures[0]
}
