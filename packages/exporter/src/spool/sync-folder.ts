import { closeSync, fsyncSync, openSync } from 'node:fs'

/**
 * Makes what was created in a folder, renamed or deleted survive a power failure.
 *
 * @param path - Of the folder.
 * @throws If the disk fails. Not on Windows, where folders cannot be synced, and need not be.
 */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
