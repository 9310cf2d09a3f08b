import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const CELL = /^(?<library>\S+) in a program\.(?<kind>mjs|cjs) under/

/**
 * Runs the tests of all targets with programs on one Node.
 *
 * @param {string} version - That Node's.
 * @param {string} binary - Its path.
 * @returns {Promise<{ version: string, isPassed: boolean, cells: Map<string, Cell> }>} Cells by `library kind`.
 *
 * @typedef {{ library: string, kind: string, passed: number, failed: number, titles: string[] }} Cell
 */
export async function runTargets(version, binary) {
  const folder = await mkdtemp(join(tmpdir(), 'axion-matrix-'))
  try {
    const file = join(folder, 'report.json')
    const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs')
    const tests = ['tests/targets', 'tests/register.test.ts']
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const child = spawn(process.execPath, [vitest, 'run', ...tests, ...reporters], {
      cwd: ROOT,
      env: { ...process.env, AXION_TEST_NODE: binary },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const [code] = await once(child, 'close')
    const report = JSON.parse(await readFile(file, 'utf8'))
    return { version, isPassed: code === 0, cells: cellsOf(report) }
  } finally {
    await rm(folder, { recursive: true })
  }
}

function cellsOf({ testResults }) {
  const cells = new Map()
  for (const { ancestorTitles, title, status } of testResults.flatMap(({ assertionResults }) => assertionResults)) {
    // Texts that come from a table stand in quotes.
    const { library, kind } = CELL.exec(ancestorTitles[0]?.replaceAll("'", '') ?? '')?.groups ?? {}
    if (!library || status === 'skipped' || status === 'pending') continue
    const key = `${library} ${kind}`
    const cell = cells.get(key) ?? { library, kind, passed: 0, failed: 0, titles: [] }
    if (status === 'passed') cell.passed += 1
    else cell.failed += 1
    cell.titles.push(title)
    cells.set(key, cell)
  }
  return cells
}
