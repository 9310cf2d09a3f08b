import { randomBytes } from 'node:crypto'

/**
 * A log is a folder of segments that one process has written. Its name says who may read it now: to take it over is to rename it, which only
 * one can do. Who wrote it does not change, so segments and what is acknowledged of them stay together.
 */
export interface LogName {
  readonly owner: string
  readonly log: string
}

const ID_BYTES = 8
const LOG = /^([0-9a-f]{16})\.([0-9a-f]{16})\.log$/
const OWNER = /^([0-9a-f]{16})\.owner$/

/** A name that nobody else has, for an owner or a log. */
export function newId(): string {
  return randomBytes(ID_BYTES).toString('hex')
}

/** The name of a log's folder. */
export function logFolderName({ owner, log }: LogName): string {
  return `${owner}.${log}.log`
}

/** The name of the file with which an owner shows that it lives. */
export function ownerFileName(owner: string): string {
  return `${owner}.owner`
}

/**
 * Reads the name of a folder.
 *
 * @returns Nothing if it is no log.
 */
export function parseLogFolderName(name: string): LogName | undefined {
  const [, owner, log] = LOG.exec(name) ?? []
  return owner && log ? { owner, log } : undefined
}

/**
 * Reads the name of a file.
 *
 * @returns The owner; nothing if the file is none.
 */
export function parseOwnerFileName(name: string): string | undefined {
  return OWNER.exec(name)?.[1]
}
