/**
 * Collects the rejections that nobody handled.
 *
 * @param act - What may leave some behind.
 */
export async function unhandledRejections(act: () => unknown): Promise<readonly unknown[]> {
  const found: unknown[] = []
  // The test runner has its own, which would fail the run.
  const others = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', (reason) => found.push(reason))
  try {
    await act()
    // Node looks for them when the microtasks are done.
    await new Promise((resolve) => setImmediate(resolve))
  } finally {
    process.removeAllListeners('unhandledRejection')
    for (const listener of others) process.on('unhandledRejection', listener)
  }
  return found
}
