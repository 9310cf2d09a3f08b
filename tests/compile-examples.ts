import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Example } from './read-examples.js'
import { ROOT } from './read-sources.js'
import { runNode } from './run-node.js'

const TSC = join(ROOT, 'node_modules/typescript/bin/tsc')

/** What a user's compiler is set to, at its strictest; examples need not use all that they show. */
const OPTIONS = {
  extends: '../../../tsconfig.base.json',
  compilerOptions: {
    noEmit: true,
    declaration: false,
    isolatedDeclarations: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
    types: ['node'],
  },
}

/**
 * Type-checks examples, each as a module of its own, against the packages as they are built.
 *
 * @param examples - The modules.
 * @param granted - Declarations that all of them see.
 * @returns The compiler's complaints about each, in the order of the examples.
 */
export async function compileExamples(examples: readonly Example[], granted: string): Promise<string[][]> {
  // Inside this package, so that the packages are found as a user's program finds them.
  const parent = join(ROOT, 'tests/node_modules')
  const folder = await mkdtemp(join(parent, '.examples-'))
  try {
    const files = examples.map(({ code }, index) => [`${index}.ts`, `${code}\nexport {}\n`] as const)
    await writeFile(join(folder, 'granted.d.ts'), granted)
    for (const [name, code] of files) await writeFile(join(folder, name), code)
    const config = { ...OPTIONS, files: ['granted.d.ts', ...files.map(([name]) => name)] }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const { stdout, stderr } = await runNode([TSC, '--pretty', 'false', '-p', 'tsconfig.json'], { cwd: folder })
    const lines = `${stdout}${stderr}`.split('\n').filter((line) => /\berror TS/.test(line))
    return files.map(([name]) => lines.filter((line) => line.startsWith(`${name}(`)))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
