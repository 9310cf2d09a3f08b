import { readFile } from 'node:fs/promises'
import { renderContracts } from './render-contracts.mjs'

const START = '<!-- matrix: written by npm run test:matrix -->'
const END = '<!-- /matrix -->'
const LABELS = { mjs: 'ESM', cjs: 'CommonJS' }

/**
 * Puts what the matrix found between the marks in the page.
 *
 * @param {string} page - Markdown.
 * @param {readonly { version: string, cells: Map<string, import('./run-targets.mjs').Cell> }[]} runs - One for each Node.
 * @returns {Promise<string>} The page with the tables.
 */
export async function renderPage(page, runs) {
  const [before, after] = [page.indexOf(START), page.indexOf(END)]
  if (before < 0 || after < before) throw new Error(`Cannot write docs/compatibility.md: expected ${START} and ${END}`)
  const libraries = [
    ...new Set(runs.flatMap(({ cells }) => [...cells.values()].map(({ library }) => library))),
  ].toSorted()
  const nodes = runs.map(({ version }) => `Node ${version.split('.')[0]}`)
  const tried = await Promise.all(
    libraries.map(async (library) => ({ library, ...(await packageOf(library)), calls: callsOf(runs, library) })),
  )
  const rows = tried.map(({ library, name, version }) => [
    version === undefined ? `\`${name}\`` : `\`${name}\` ${version}`,
    ...runs.map((run) => verdict(run, library)),
  ])
  // Parts of Node have no version, and ask no model.
  const contracts = renderContracts(tried.filter(({ version }) => version !== undefined))
  const all = new Map(tried.map(({ name }) => [name, new Set()]))
  for (const { name, calls } of tried) for (const call of calls) all.get(name).add(call)
  const parts = [
    table(['library', ...nodes], rows),
    `Node ${runs.map(({ version }) => version).join(', ')}.`,
    table(contracts.head, contracts.rows),
    contracts.reasons.join('\n'),
    table(
      ['library', 'what its programs do'],
      [...all].map(([name, calls]) => [`\`${name}\``, [...calls].join(', ')]),
    ),
  ]
  return `${page.slice(0, before + START.length)}\n\n${parts.join('\n\n')}\n\n${page.slice(after)}`
}

/** `anthropic-0.60` stands for a version of a package; names of packages stand for themselves, and parts of Node for no package. */
async function packageOf(library) {
  try {
    const url = new URL(`../targets/node_modules/${library}/package.json`, import.meta.url)
    const { name, version } = JSON.parse(await readFile(url, 'utf8'))
    return { name, version }
  } catch {
    return { name: library, version: undefined }
  }
}

function verdict({ cells }, library) {
  const found = Object.entries(LABELS).flatMap(([kind, label]) => {
    const cell = cells.get(`${library} ${kind}`)
    if (!cell) return []
    return `${label} ${cell.failed > 0 ? '✗' : '✓'}`
  })
  return found.length > 0 ? found.join(', ') : 'the library wants a later Node'
}

/** Titles begin with the call: `create is one generation …`. */
function callsOf(runs, library) {
  const titles = runs
    .flatMap(({ cells }) => [...cells.values()].filter((cell) => cell.library === library))
    .flatMap(({ titles }) => titles)
  const calls = titles.flatMap((title) => /^(.+?) is (?:one|a) (?:generation|tree|span)/.exec(title)?.[1] ?? [])
  return new Set(calls)
}

function table(head, rows) {
  // As the formatter of Markdown would have it: columns of one width.
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => [...row[column]].length)))
  const line = (row) =>
    `| ${row.map((cell, column) => cell + ' '.repeat(widths[column] - [...cell].length)).join(' | ')} |`
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n')
}
