import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { findLibrary, type InstalledLibrary } from '@axion/register/doctor'

/** The copy of `@axion/register` that programs are watched with. */
export interface RegisterCopy {
  readonly version: string
  /** For `--import`. */
  readonly probeUrl: string
  /** What the doctor's own programs import. */
  readonly doctorUrl: string
  /** The one that the application has. */
  readonly installed: InstalledLibrary | undefined
}

/**
 * Finds the copy of `@axion/register` to watch with: the application's, because it decides which copies of other packages are loaded; ours if it has
 * none, or one of another version, which may say things in other words.
 *
 * @param folder - The application's.
 */
export function locateRegister(folder: string): RegisterCopy {
  const version = findLibrary(NAME, dirname(fileURLToPath(import.meta.url)))?.version ?? ''
  const installed = findLibrary(NAME, folder)
  const isSame = installed?.version === version
  const { resolve } = createRequire(isSame ? join(folder, 'from-here.js') : import.meta.url)
  const urlOf = (entry: string): string => pathToFileURL(resolve(`${NAME}/${entry}`)).href
  return { version, probeUrl: urlOf('doctor/probe'), doctorUrl: urlOf('doctor'), installed }
}

const NAME = '@axion/register'
