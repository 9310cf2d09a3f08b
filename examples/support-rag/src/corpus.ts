import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** A passage that can be found and cited. */
export interface Passage {
  /** `file.md#heading`, relative to the corpus. */
  readonly id: string
  readonly title: string
  readonly text: string
}

/** Folders that hold no documentation of this project. */
const SKIPPED = new Set(['node_modules', 'dist', 'fixtures', '.git', '.turbo', '.axion', '.changeset'])

/**
 * Reads every Markdown file below a folder and cuts it at its headings.
 *
 * @param root - The folder.
 * @returns Passages in the order of file names and headings.
 * @throws {Error} If the folder holds no Markdown.
 */
export async function readCorpus(root: string): Promise<Passage[]> {
  const files = (await markdownFiles(root)).sort()
  const passages = await Promise.all(
    files.map(async (file) => cutAtHeadings(relative(root, file), await readFile(file, 'utf8'))),
  )
  const all = passages.flat()
  if (all.length === 0) throw new Error(`Cannot build the search index: no Markdown files in ${root}`)
  return all
}

async function markdownFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const nested = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : markdownFiles(path)
      return entry.name.endsWith('.md') && entry.name !== 'CHANGELOG.md' ? [path] : []
    }),
  )
  return nested.flat()
}

function cutAtHeadings(file: string, markdown: string): Passage[] {
  // Code is for reading, not for quoting in an answer.
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, '')
  return prose
    .split(/^(?=#{1,4} )/m)
    .map((section) => {
      const title = /^#{1,4} (.*)/.exec(section)?.[1]?.trim() ?? file
      const text = section.replace(/^#{1,4} .*/, '').trim()
      return { id: `${file}#${slug(title)}`, title, text }
    })
    .filter(({ text }) => text !== '')
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
