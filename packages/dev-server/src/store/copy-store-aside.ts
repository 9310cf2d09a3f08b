import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { copyStore } from './copy-store.js'

/** A copy of the data of a server, which nobody else uses. */
export interface StoreCopy {
  /** The data directory of the copy, for its owner alone; it holds no keys. */
  readonly dataDir: string
  remove(): void
}

const NAME = /^axion-copy-(\d+)-/

/**
 * Copies the database of a data directory into the system's directory for temporary files, also while a server writes to it. Copies that
 * killed processes left there are removed.
 *
 * @param dataDir The data directory.
 * @returns The copy: what a server would find that was killed at this moment, so it holds everything that was acknowledged before.
 * @throws {DevServerError} `data_dir_unusable` if there is no database, or a file cannot be read or written; `store_in_use` if the server
 * writes so much that no copy was whole.
 */
export function copyStoreAside(dataDir: string): StoreCopy {
  removeLeftBehind()
  const aside = mkdtempSync(join(tmpdir(), `axion-copy-${process.pid}-`))
  const remove = (): void => rmSync(aside, { recursive: true, force: true })
  try {
    copyStore(resolve(dataDir), aside)
    return { dataDir: aside, remove }
  } catch (error) {
    remove()
    throw error
  }
}

function removeLeftBehind(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = NAME.exec(name)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true })
    } catch {
      // Another user's: theirs to remove.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
