/**
 * Waits for work, but not for ever. The work goes on when the time is up; the timer keeps the process alive and is gone with the wait.
 *
 * @param millis - How long, in milliseconds.
 * @param work - What to wait for.
 * @throws What the work is rejected with in time.
 */
export async function waitAtMost(millis: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, millis)
  })
  try {
    await Promise.race([work, timeUp])
  } finally {
    clearTimeout(timer)
  }
}
