import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A program that runs in a process of its own. */
export interface RunningProgram {
  /** Resolves with what it has printed so far, when that is so many lines, or when it is over. */
  printed(lines: number): Promise<string[]>
  /** Ends it without a chance to do anything. */
  kill(): void
  /** Resolves when it is over. */
  readonly over: Promise<{
    readonly exitCode: number | null
    readonly signal: string | null
    readonly lines: readonly string[]
    readonly stderr: string
  }>
}

/** Compiled sources, with a place for programs that use them. */
export interface SpoolPrograms {
  /**
   * Starts a program. `open(options)` opens a spool in `DIR`, `print(text)` writes a line at once.
   *
   * @param dir - The spool's folder.
   * @param source - The body of an ES module.
   * @param under - A command and its arguments that start what follows them: `['unshare', '-m']`.
   */
  start(dir: string, source: string, under?: readonly string[]): RunningProgram
  close(): void
}

const SOURCES = fileURLToPath(new URL('..', import.meta.url))
const PACKAGE = join(SOURCES, '..')
const TSC = join(PACKAGE, '../../node_modules/typescript/bin/tsc')

const PRELUDE = `
import { writeSync } from 'node:fs'
import { openSpool } from './spool/open-spool.js'
const DIR = process.argv[2]
const print = (text) => writeSync(1, text + '\\n')
const open = (options = {}) => openSpool({
  dir: DIR, destination: 'https://example.test pk-1', maxBytes: 64 * 1024 * 1024, fsync: 'none', evict: 'oldest',
  onProblem: ({ code }) => print('problem ' + code), ...options,
})
const batchOf = (text) => ({ body: Buffer.from(text), spanCount: 1 })
`

/** Compiles the spool as it is now, so that its programs need no TypeScript and no built package. */
export function compileSpool(): SpoolPrograms {
  const outDir = mkdtempSync(join(tmpdir(), 'axion-spool-programs-'))
  const options = ['--ignoreConfig', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023', '--skipLibCheck']
  const entry = join(SOURCES, 'spool/open-spool.ts')
  const places = ['--types', 'node', '--rootDir', SOURCES, '--outDir', outDir, entry]
  execFileSync(process.execPath, [TSC, ...options, ...places], { cwd: PACKAGE })
  writeFileSync(join(outDir, 'package.json'), '{ "type": "module" }')
  let programs = 0
  return {
    start(dir, source, under = []) {
      const program = join(outDir, `program-${++programs}.js`)
      writeFileSync(program, PRELUDE + source)
      const [command = '', ...args] = [...under, process.execPath, program, dir]
      return startProgram(command, args)
    },
    close: () => rmSync(outDir, { recursive: true, force: true }),
  }
}

function startProgram(command: string, args: readonly string[]): RunningProgram {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  let [rest, stderr, isOver] = ['', '', false]
  const wake = (): void => {
    for (const look of waiting) look()
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const pieces = (rest + text).split('\n')
    rest = pieces.pop() ?? ''
    lines.push(...pieces)
    wake()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const over = new Promise<Awaited<RunningProgram['over']>>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode, signal) => {
      isOver = true
      wake()
      resolve({ exitCode, signal, lines, stderr })
    })
  })
  return {
    over,
    kill: () => child.kill('SIGKILL'),
    printed: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (lines.length < count && !isOver) return
          waiting.delete(look)
          resolve([...lines])
        }
        waiting.add(look)
        look()
      }),
  }
}
