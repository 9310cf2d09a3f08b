import { TARGETS, type TargetRow } from './registry.js'

/** A file of a library that is patched. */
export interface TargetFile {
  readonly target: TargetRow
  /** The library's folder. */
  readonly root: string
  /** Relative to it, with `/`. */
  readonly file: string
}

const FOLDER = '/node_modules/'

/**
 * Finds the target that a file belongs to.
 *
 * @param path - A path or a `file:` URL, with symbolic links resolved, as Node gives it to hooks.
 * @returns `undefined` for a file that is left alone: nearly all of them.
 */
export function findTarget(path: string): TargetFile | undefined {
  const slashed = path.includes('\\') ? path.replaceAll('\\', '/') : path
  const at = slashed.lastIndexOf(FOLDER)
  if (at < 0) return undefined
  const inside = slashed.slice(at + FOLDER.length)
  for (const target of TARGETS) {
    if (!inside.startsWith(target.library) || inside.charAt(target.library.length) !== '/') continue
    const file = inside.slice(target.library.length + 1)
    const root = slashed.slice(0, at + FOLDER.length + target.library.length)
    return target.files.test(file) ? { target, root, file } : undefined
  }
  return undefined
}
