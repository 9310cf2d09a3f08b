/**
 * Tells whether a failure may pass while one waits: a server that restarts or is busy.
 *
 * @param error - What was thrown.
 * @returns Whether to try again later.
 */
export async function isPassing(error: unknown): Promise<boolean> {
  const { LoaderError } = await import('@axion/loader')
  return error instanceof LoaderError && (error.code === 'unavailable' || error.code === 'rate_limited')
}
