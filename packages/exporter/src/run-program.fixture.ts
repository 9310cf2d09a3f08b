import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What a program did. */
export interface ProgramResult {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

const PACKAGE_ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * Runs a module in a process of its own, where `@axion/exporter` is the built package, and the environment is only what is given.
 *
 * @param source - The module.
 * @param environment - Its variables.
 */
export function runProgram(source: string, environment: Readonly<Record<string, string>> = {}): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
      cwd: PACKAGE_ROOT,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }))
  })
}
