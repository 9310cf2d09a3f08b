import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Run, runNode } from '../run-node.js'
import { temporaryFolder } from '../temporary-folder.js'

const HOOK = new URL(import.meta.resolve('@axion/register')).href

// As npm and Yarn install `"my-openai": "npm:openai@6"`: in a folder of the alias' name, where pnpm links to one of the library's.
describe.each(['mjs', 'cjs'])('a library under an alias in a program.%s', (kind) => {
  it('is patched under the name in its package.json', async () => {
    const { stdout, stderr } = await run(kind, { name: 'openai', version: '6.0.0' })
    expect(stdout).toBe('made\n')
    expect(stderr).toMatch(/^\{"name":"openai\.chat".*\}\n$/)
  })

  it('is told apart by its version', async () => {
    const { stdout, stderr } = await run(kind, { name: 'openai', version: '99.0.0' })
    expect(stdout).toBe('made\n')
    expect(stderr).toContain('Calls of openai are not traced: it is version 99.0.0')
  })

  it('is left alone where it is another library', async () => {
    expect(await run(kind, { name: 'my-openai', version: '6.0.0' })).toMatchObject({ stdout: 'made\n', stderr: '' })
  })
})

/** Runs a program that asks a client of the shape of openai's, in `node_modules/my-openai`. Spans are printed. */
async function run(kind: string, manifest: object): Promise<Run> {
  const folder = await temporaryFolder()
  const root = join(folder, 'node_modules/my-openai')
  await mkdir(join(root, 'resources/chat'), { recursive: true })
  const file = `resources/chat/completions.${kind === 'mjs' ? 'mjs' : 'js'}`
  await writeFile(join(root, 'package.json'), JSON.stringify({ ...manifest, main: file, exports: `./${file}` }))
  const source = 'class Completions { create() { return "made" } }'
  const exported = kind === 'mjs' ? 'export { Completions }' : 'exports.Completions = Completions'
  await writeFile(join(root, file), `${source}\n${exported}`)
  const names = '{ Completions }'
  const load = kind === 'mjs' ? `import ${names} from 'my-openai'` : `const ${names} = require('my-openai')`
  const program = join(folder, `program.${kind}`)
  await writeFile(program, `${load}\nconsole.log(new Completions().create())`)
  return runNode(['--import', HOOK, program], { env: { TRACING_MODE: 'console' } })
}
