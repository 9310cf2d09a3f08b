import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const PACKAGE = fileURLToPath(new URL('..', import.meta.url))
/** Has the repository's esbuild. */
const BENCHMARKS = new URL('../../../benchmarks/package.json', import.meta.url)
const TSC = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url))

/** As much of esbuild as is used here; its own types are not among this package's dependencies. */
interface Esbuild {
  transformSync(source: string, options: object): { readonly code: string }
}

/** How a program is compiled: which compiler, and which dialect of decorators. */
export interface Compilation {
  readonly by: 'tsc' | 'esbuild' | 'esbuild, minified'
  readonly experimentalDecorators?: boolean
}

/** What a program did. */
export interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** The package, compiled as it is published, with a place for programs that import it. */
export interface Compiled {
  /**
   * Compiles a program and runs it. It imports the package from `./core/index.js`.
   *
   * @returns What the program did, or what the compiler said if it refused it.
   */
  runTypeScript(source: string, how: Compilation): Promise<Run>
  /** Runs a JavaScript module. */
  runJavaScript(source: string, env?: Readonly<Record<string, string>>): Promise<Run>
  close(): Promise<void>
}

/** Compiles the sources as they are now, so that no test depends on what was built before. */
export async function compileCore(): Promise<Compiled> {
  // Inside the package, so that its dependencies are found.
  const parent = join(PACKAGE, 'node_modules', '.compiled')
  await mkdir(parent, { recursive: true })
  const dir = await mkdtemp(join(parent, 'run-'))
  await run(process.execPath, [TSC, '-p', join(PACKAGE, 'tsconfig.build.json'), '--outDir', join(dir, 'core')])
  await writeFile(join(dir, 'package.json'), '{ "type": "module" }')
  return {
    async runTypeScript(source, how) {
      const compiled = await (how.by === 'tsc' ? compileWithTsc : compileWithEsbuild)(source, how, dir)
      return compiled.code === 0 ? settled(process.execPath, ['program.js'], dir) : compiled
    },
    async runJavaScript(source, env = {}) {
      await writeFile(join(dir, 'program.mjs'), source)
      return settled(process.execPath, ['program.mjs'], dir, env)
    },
    async close() {
      await rm(dir, { recursive: true, force: true })
    },
  }
}

async function compileWithTsc(
  source: string,
  { experimentalDecorators = false }: Compilation,
  dir: string,
): Promise<Run> {
  await writeFile(join(dir, 'program.ts'), source)
  const options = ['--module', 'nodenext', '--target', 'es2022', '--strict', '--skipLibCheck', '--types', 'node']
  const dialect = experimentalDecorators ? ['--experimentalDecorators'] : []
  return settled(process.execPath, [TSC, '--ignoreConfig', ...options, ...dialect, 'program.ts'], dir)
}

async function compileWithEsbuild(
  source: string,
  { by, experimentalDecorators }: Compilation,
  dir: string,
): Promise<Run> {
  const esbuild: Esbuild = createRequire(BENCHMARKS)('esbuild')
  const options = {
    loader: 'ts',
    format: 'esm',
    target: 'es2022',
    minify: by === 'esbuild, minified',
    logLevel: 'silent',
    tsconfigRaw: { compilerOptions: { experimentalDecorators } },
  }
  try {
    await writeFile(join(dir, 'program.js'), esbuild.transformSync(source, options).code)
    return { code: 0, stdout: '', stderr: '' }
  } catch (error) {
    return { code: 1, stdout: '', stderr: String(error) }
  }
}

async function settled(file: string, args: readonly string[], cwd: string, env = {}): Promise<Run> {
  try {
    const { stdout, stderr } = await run(file, args, { cwd, env: { ...process.env, ...env } })
    return { code: 0, stdout, stderr }
  } catch (error) {
    // What `execFile` rejects with when the program fails.
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, stdout, stderr }
  }
}
