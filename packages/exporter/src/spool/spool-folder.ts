import { createHash } from 'node:crypto'
import { closeSync, fstatSync, lstatSync, statSync, unlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { newId } from './log-name.js'
import { makePrivateFolder, openPrivateFile, restrictFolder } from './private-files.js'
import type { SpoolProblem } from './spool.js'

/** The folder for one destination, below the one that was configured. */
export interface SpoolFolder {
  readonly path: string
  /** What is not as it should be, though it can be used. */
  readonly problem: SpoolProblem | undefined
}

const OTHERS_MAY_WRITE = 0o022
const ONLY_OWNERS_MAY_DELETE = 0o1000

/**
 * Makes the folder for a destination, or finds it.
 *
 * It is ours alone, whatever the folder above it allows: what lies in it is sent with our credentials, so nobody else may put something
 * there. If it is somebody else's, it is not used. If others may write to the folder above, they could move ours away: that is reported,
 * and not refused, because they can neither read nor add anything.
 *
 * @param dir - The configured folder.
 * @param destination - Its hash becomes the name, so that any text is a name and nothing of it can be read.
 * @param isSynced - Whether new folders are to survive a power failure.
 * @throws {SpoolFolderError} If it must not be used.
 * @throws If it cannot be made.
 */
export function prepareSpoolFolder(dir: string, destination: string, isSynced: boolean): SpoolFolder {
  const parent = resolve(dir)
  const path = join(parent, createHash('sha256').update(destination).digest('hex').slice(0, 32))
  makePrivateFolder(path, isSynced)

  const found = lstatSync(path)
  if (!found.isDirectory()) throw new SpoolFolderError('not_a_folder', `${path} is not a folder`)
  // Windows knows neither users nor modes in this way.
  if (!process.geteuid) return { path, problem: undefined }
  if (found.uid !== process.geteuid() && found.uid !== uidOfNewFiles(path)) {
    throw new SpoolFolderError('foreign_folder', `${path} belongs to the user with the number ${found.uid}`)
  }
  return { path, problem: restrictFolder(path) ? openParent(parent) : openFolder(path) }
}

/** The folder is there, and must not be used. */
export class SpoolFolderError extends Error {
  readonly code: 'not_a_folder' | 'foreign_folder'

  constructor(code: 'not_a_folder' | 'foreign_folder', message: string) {
    super(message)
    this.name = 'SpoolFolderError'
    this.code = code
  }
}

/** Some file systems give all files to one user, whoever makes them: then that one is us. */
function uidOfNewFiles(folder: string): number {
  const path = join(folder, `${newId()}.probe`)
  const file = openPrivateFile(path, 'wx')
  try {
    return fstatSync(file).uid
  } finally {
    closeSync(file)
    unlinkSync(path)
  }
}

function openParent(path: string): SpoolProblem | undefined {
  const { mode } = statSync(path)
  return (mode & OTHERS_MAY_WRITE) === 0 || (mode & ONLY_OWNERS_MAY_DELETE) !== 0 ? undefined : openFolder(path)
}

function openFolder(path: string): SpoolProblem {
  return {
    code: 'open_folder',
    message: `The spool's folder ${path} is open to other users of this machine: they could meddle with the spans that wait in it`,
  }
}
