import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'

/** Runs a command on a terminal of its own: `script` of util-linux, which not every system has. */
const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'axion-repl-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it.skipIf(!hasScript).each<[string, string, string]>([
  ['at the prompt', '', 'true'],
  ['at the prompt, with options', '--no-warnings', 'true'],
  ['in a program', 'program.mjs', 'false'],
  ['in code on the command line', `--eval "import('./program.mjs')"`, 'false'],
  ['in code on the command line, shortly', `-p "import('./program.mjs')"`, 'false'],
])('isRepl() finds out whether it runs at the prompt: %s', async (_, args, expected) => {
  const module = new URL('../../dist/lifecycle/is-repl.js', import.meta.url).href
  const preload = join(folder, 'preload.mjs')
  writeFileSync(preload, `import { isRepl } from ${JSON.stringify(module)}\nconsole.log('repl: ' + isRepl())`)
  writeFileSync(join(folder, 'program.mjs'), '')
  const command = `'${process.execPath}' --import '${pathToFileURL(preload).href}' ${args}`
  const output = await new Promise((resolve) => {
    const child = execFile('script', ['-qec', command, '/dev/null'], { cwd: folder }, (_error, stdout) =>
      resolve(stdout),
    )
    child.stdin?.end('.exit\n')
  })
  expect(output).toContain(`repl: ${expected}`)
})
