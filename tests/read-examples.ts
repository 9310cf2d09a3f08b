import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './read-sources.js'

/** A piece of TypeScript that the documentation shows. */
export interface Example {
  /** Where it stands: `docs/tracing.md:12`. */
  readonly at: string
  readonly code: string
}

/** Every `ts` block of the README, the guides and the packages' READMEs. */
export function readBlocks(): Example[] {
  return documents().flatMap((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8')
    return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(({ index, 1: code = '' }) => ({
      // The line of the block's first line of code.
      at: `${path}:${lineOf(text, index) + 1}`,
      code,
    }))
  })
}

/**
 * Every piece of code in the last column of a page's tables.
 *
 * @param path - The page.
 */
export function readCells(path: string): Example[] {
  return readFileSync(join(ROOT, path), 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      const cell = line.startsWith('|') ? (line.split('|').at(-2) ?? '') : ''
      return [...cell.matchAll(/`([^`]+)`/g)].map(({ 1: code = '' }) => ({ at: `${path}:${index + 1}`, code }))
    })
}

function documents(): string[] {
  const pages = (folder: string): string[] => readdirSync(join(ROOT, folder)).map((name) => join(folder, name))
  return [
    'README.md',
    ...pages('docs'),
    ...pages('docs/decisions'),
    ...pages('packages').map((folder) => join(folder, 'README.md')),
  ]
    .filter((path) => path.endsWith('.md'))
    .sort()
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
