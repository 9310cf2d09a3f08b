// `npm run test:matrix`: every target on every Node, each in CommonJS and as ES modules; then docs/compatibility.md says what came of it.
// Majors of libraries that want a later Node than the one at hand are installed for it: the package manager is told that this is the latest.
// With `--check` the page is not written but compared, for CI. Names of versions (`22`) restrict it to these, and leave the page alone.
import { readFile, writeFile } from 'node:fs/promises'
import { NODE_VERSIONS, nodeBinary } from './node-binary.mjs'
import { renderPage } from './render-page.mjs'
import { runTargets } from './run-targets.mjs'

const PAGE = new URL('../../docs/compatibility.md', import.meta.url)

const args = process.argv.slice(2)
const only = args.filter((arg) => !arg.startsWith('--'))
const versions = NODE_VERSIONS.filter((version) => only.length === 0 || only.includes(version.split('.')[0]))

const runs = []
for (const version of versions) {
  console.log(`\nNode ${version}`)
  runs.push(await runTargets(version, await nodeBinary(version)))
}
if (runs.some(({ isPassed }) => !isPassed)) process.exitCode = 1
else if (only.length === 0) await publish(await renderPage(await readFile(PAGE, 'utf8'), runs))

async function publish(page) {
  if (!args.includes('--check')) return writeFile(PAGE, page)
  if (page === (await readFile(PAGE, 'utf8'))) return
  console.error('docs/compatibility.md is not what the matrix found: run `npm run test:matrix` and commit the page')
  process.exitCode = 1
}
