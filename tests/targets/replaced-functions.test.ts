import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Run, runNode } from '../run-node.js'
import { temporaryFolder } from '../temporary-folder.js'

const HOOK = new URL(import.meta.resolve('@axion/register')).href
const EXPORTED = ['generateText', 'agent']
/** A library like the AI SDK: a function, and one in the same file that calls it. */
const LIBRARY = `async function generateText(options) { return JSON.stringify(options.experimental_telemetry) }
async function agent() { return generateText({}) }`

describe.each(['mjs', 'cjs'])('functions inside a library for a program.%s', (kind) => {
  it.each([
    ['an option is added', 'generateText({})', '{"isEnabled":true}'],
    ['inside the library too', 'agent()', '{"isEnabled":true}'],
    [
      'what the application says stays',
      'generateText({ experimental_telemetry: { functionId: "f" } })',
      '{"functionId":"f","isEnabled":true}',
    ],
    [
      'what it declines stays declined',
      'generateText({ experimental_telemetry: { isEnabled: false } })',
      '{"isEnabled":false}',
    ],
    [
      'its object stays as it is',
      '(async () => { const o = {}; await generateText(o); return Object.keys(o).length })()',
      '0',
    ],
    ['name and length stay', 'generateText.name + generateText.length', 'generateText1'],
  ])('%s', async (_, expression, printed) => {
    const { stdout, stderr } = await run(kind, '6.0.0', LIBRARY, expression)
    expect({ stdout, stderr }).toEqual({ stdout: `${printed}\n`, stderr: '' })
  })

  it('one that cannot be replaced leaves the library as it was, and is reported once', async () => {
    const source = 'const generateText = async () => "made"; const agent = generateText'
    const result = await run(kind, '6.0.0', source, 'generateText({})')
    expect(result).toMatchObject({ code: 0, stdout: 'made\n' })
    expect(result.stderr).toMatch(
      /^\[axion\] Calls of ai 6\.0\.0 are not traced: patching dist\/\S+ failed with TypeError.*\n$/,
    )
  })

  it('a version that nobody has tried is reported and left alone', async () => {
    const result = await run(kind, '8.0.0', LIBRARY, 'generateText({})')
    expect(result).toMatchObject({ code: 0, stdout: 'undefined\n' })
    expect(result.stderr).toBe(
      '[axion] Calls of ai are not traced: it is version 8.0.0, expected one from 5.0.0 and below 8.0.0\n',
    )
  })

  it('a library without them loads as it is, and nothing is said', async () => {
    const result = await run(kind, '6.0.0', 'const agent = () => "made"; const generateText = undefined', 'agent()')
    expect(result).toEqual({ code: 0, stdout: 'made\n', stderr: '' })
  })
})

/** Runs a program that prints what an expression gives, with a library of the name and shape of the AI SDK's. */
async function run(kind: string, version: string, source: string, expression: string): Promise<Run> {
  const folder = await temporaryFolder()
  const root = join(folder, 'node_modules/ai')
  await mkdir(join(root, 'dist'), { recursive: true })
  const file = kind === 'mjs' ? 'dist/index.mjs' : 'dist/index.js'
  await writeFile(join(root, 'package.json'), JSON.stringify({ name: 'ai', version, main: file, exports: `./${file}` }))
  // Getters, as bundlers write them.
  const getters = EXPORTED.map((name) => `Object.defineProperty(exports, '${name}', { get: () => ${name} })`)
  const exported = kind === 'mjs' ? `export { ${EXPORTED.join()} }` : getters.join('\n')
  await writeFile(join(root, file), `"use strict"\n${source}\n${exported}`)
  const names = `{ ${EXPORTED.join()} }`
  const load = kind === 'mjs' ? `import ${names} from 'ai'` : `const ${names} = require('ai')`
  const program = join(folder, `program.${kind}`)
  await writeFile(program, `${load}\nPromise.resolve(${expression}).then(console.log)`)
  return runNode(['--import', HOOK, program], { env: { TRACING_MODE: 'console' } })
}
