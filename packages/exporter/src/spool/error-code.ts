/**
 * The code of a failed operation.
 *
 * @param error - Whatever was thrown.
 * @returns What the operating system, Node or this package calls it; `unknown` if nobody calls it anything.
 */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return 'unknown'
  return typeof error.code === 'string' ? error.code : 'unknown'
}

/** The file, or a folder above it, is not there, or something else is in its place. */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error))
}

/** The medium itself is damaged: trying again later will not help. */
export function isMediumError(error: unknown): boolean {
  return ['EIO', 'EUCLEAN', 'EBADMSG'].includes(errorCode(error))
}
