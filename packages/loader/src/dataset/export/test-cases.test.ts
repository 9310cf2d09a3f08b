import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Dataset } from '../dataset.js'
import { toTestCases } from './test-cases.js'

const here = dirname(fileURLToPath(import.meta.url))
const QUERIES = ['Why?', '100 %s of $id\n{x}', '', 'Why?', 'a'.repeat(200), '\u001b[31mred', '😀'.repeat(81)]

describe('toTestCases()', () => {
  it('toTestCases() gives each case a title of its own on one short line', () => {
    const dataset = Dataset.fromRecords(QUERIES.map((query, index) => ({ id: `i${index}`, query })))
    expect(toTestCases(dataset).map(([title]) => title)).toEqual([
      'Why?',
      '100 %s of $id {x}',
      'i2',
      'Why?-2',
      'a'.repeat(80),
      '[31mred',
      '😀'.repeat(80),
    ])
    expect(toTestCases(dataset).map(([, item]) => item)).toEqual(dataset.items)
  })

  it('toTestCases() makes cases that Vitest runs one by one, and reports under their titles', async () => {
    // Where Vitest is found and no suite looks for tests.
    const folder = await mkdtemp(join(here, '../../../node_modules/.run-'))
    try {
      const cases = `
        import { expect, test } from 'vitest'
        import { Dataset } from ${JSON.stringify(join(here, '../dataset.ts'))}
        import { toTestCases } from ${JSON.stringify(join(here, 'test-cases.ts'))}
        const dataset = Dataset.fromRecords([{ query: '100 %s of $id', expectedOutput: 'A' }, { query: 'b', expectedOutput: 'B' }])
        test.each(toTestCases(dataset))('%s', (_, item) => {
          expect(item.query.toUpperCase()).toBe(item.expectedOutput)
        })`
      await writeFile(join(folder, 'cases.spec.ts'), cases)
      await writeFile(
        join(folder, 'vitest.config.mjs'),
        "export default { test: { include: ['*.spec.ts'], exclude: [] } }",
      )
      const vitest = join(dirname(fileURLToPath(import.meta.resolve('vitest/package.json'))), 'vitest.mjs')
      const words = [vitest, 'run', '--root', folder, '--reporter=json']
      const { stdout } = await promisify(execFile)(process.execPath, words).catch(
        (failed: { stdout: string }) => failed,
      )
      const { testResults }: { testResults: { assertionResults: { title: string; status: string }[] }[] } =
        JSON.parse(stdout)
      expect(testResults.flatMap(({ assertionResults }) => assertionResults)).toMatchObject([
        { title: '100 %s of $id', status: 'failed' },
        { title: 'b', status: 'passed' },
      ])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }, 60_000)
})
