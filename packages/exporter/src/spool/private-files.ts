import { chmodSync, closeSync, fchmodSync, fstatSync, lstatSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { isMissing } from './error-code.js'
import { syncFolder } from './sync-folder.js'

const FILE_MODE = 0o600
const FOLDER_MODE = 0o700
const PERMISSIONS = 0o777

/**
 * Opens a file that only this user may read, whatever the umask says.
 *
 * @param path - Of the file.
 * @param flags - As `fs.openSync` takes them.
 * @returns The descriptor.
 * @throws If the file cannot be opened.
 */
export function openPrivateFile(path: string, flags: string | number): number {
  const file = openSync(path, flags, FILE_MODE)
  try {
    if ((fstatSync(file).mode & PERMISSIONS) !== FILE_MODE) attempt(() => fchmodSync(file, FILE_MODE))
    return file
  } catch (error) {
    closeSync(file)
    throw error
  }
}

/**
 * Makes a folder that only this user may enter, whatever the umask says, with those above it that are not there.
 *
 * @param path - Of the folder. What is already there, and who may enter it, stays as it is.
 * @param isSynced - Whether it is to survive a power failure.
 * @throws If it cannot be made.
 */
export function makePrivateFolder(path: string, isSynced: boolean): void {
  for (let isSecondTry = false; ; isSecondTry = true) {
    try {
      // Not `recursive`: that calls a disk that is read-only a folder that is missing.
      mkdirSync(path, FOLDER_MODE)
      break
    } catch (error) {
      if (isFolder(path)) return
      if (isSecondTry || !isMissing(error) || dirname(path) === path) throw error
      makePrivateFolder(dirname(path), isSynced)
    }
  }
  restrictFolder(path)
  if (isSynced) syncFolder(dirname(path))
}

/**
 * Closes a folder to other users, where the file system knows of users.
 *
 * @param path - Of the folder.
 * @returns Whether it is closed now.
 * @throws If there is no such folder.
 */
export function restrictFolder(path: string): boolean {
  if ((lstatSync(path).mode & PERMISSIONS) === FOLDER_MODE) return true
  attempt(() => chmodSync(path, FOLDER_MODE))
  return (lstatSync(path).mode & PERMISSIONS) === FOLDER_MODE
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** Some file systems (FAT, network shares) know no modes and refuse to set them: who asks looks at what became of it. */
function attempt(change: () => void): void {
  try {
    change()
  } catch {}
}
