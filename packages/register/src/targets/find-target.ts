import { readManifest } from './read-manifest.js'
import { TARGETS, type TargetRow } from './registry.js'

/** A file of a library that is patched. */
export interface TargetFile {
  readonly target: TargetRow
  /** The library's folder. */
  readonly root: string
  /** Its version; empty if its package.json does not say. */
  readonly version: string
  /** Relative to the folder, with `/`. */
  readonly file: string
}

const FOLDER = '/node_modules/'

/**
 * Finds the target that a file belongs to. What a package is called says its package.json; its folder may be an alias (`"ai-5": "npm:ai@5"`). That is
 * read only for files whose place in the package is one of a target's.
 *
 * @param path - A path or a `file:` URL, with symbolic links resolved, as Node gives it to hooks.
 * @returns `undefined` for a file that is left alone: nearly all of them.
 */
export function findTarget(path: string): TargetFile | undefined {
  const slashed = path.includes('\\') ? path.replaceAll('\\', '/') : path
  const folder = slashed.lastIndexOf(FOLDER)
  if (folder < 0) return undefined
  const start = folder + FOLDER.length
  const end = endOfName(slashed, start)
  if (end < 0) return undefined
  const file = slashed.slice(end + 1)
  const candidates = TARGETS.filter(({ files }) => files.test(file))
  if (candidates.length === 0) return undefined
  const root = slashed.slice(0, end)
  const { name, version } = readManifest(root)
  // An archive that only its own loader can read keeps the names of packages for its folders.
  const library = name || slashed.slice(start, end)
  const target = candidates.find((candidate) => candidate.library === library)
  return target && { target, root, version, file }
}

function endOfName(path: string, start: number): number {
  const end = path.indexOf('/', start)
  return path.charAt(start) === '@' && end >= 0 ? path.indexOf('/', end + 1) : end
}
