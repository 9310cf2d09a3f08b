import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { DOCTOR_FOLDER_VARIABLE, readProcesses, type WatchedProcess } from '@axion/register/doctor'

/** A program to run under the probe. */
export interface WatchedProgram {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly probeUrl: string
  /** Whether it has our streams; else it has none. */
  readonly isAttached: boolean
  /** Beside our own environment. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Gives up. The process is killed. */
  readonly limit?: AbortSignal
  /** Passes a signal on that only we got. */
  readonly stop?: AbortSignal
}

/** How it ended, and what it said of itself. */
export interface WatchedRun {
  readonly outcome: RunOutcome
  /** Processes and threads in which the hook was. */
  readonly processes: readonly WatchedProcess[]
}

/** How a program ended. */
export type RunOutcome =
  | { readonly kind: 'ended'; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly kind: 'not_started'; readonly reason: string }
  | { readonly kind: 'given_up' }

/**
 * Runs a program under the probe, with all Node processes that it starts.
 *
 * @param program - The program.
 */
export async function runWatched(program: WatchedProgram): Promise<WatchedRun> {
  const folder = await mkdtemp(join(tmpdir(), 'axion-doctor-'))
  try {
    const outcome = await run(program, folder)
    return { outcome, processes: readProcesses(folder) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function run(program: WatchedProgram, folder: string): Promise<RunOutcome> {
  const { command, args, cwd, probeUrl, isAttached, env, limit, stop } = program
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      stdio: isAttached ? 'inherit' : 'ignore',
      // npm and its like are scripts there, which only a shell starts.
      shell: process.platform === 'win32' && isAttached,
      env: {
        ...process.env,
        // What the hook has to say, the report says.
        AXION_LOG_LEVEL: process.env.AXION_LOG_LEVEL ?? 'none',
        ...env,
        [DOCTOR_FOLDER_VARIABLE]: folder,
        NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import ${probeUrl}`.trim(),
      },
    })
    const giveUp = (): void => void child.kill('SIGKILL')
    const pass = (): void => {
      // At a terminal Ctrl-C goes to all processes there.
      if (stop?.reason === 'SIGTERM' || !process.stdin.isTTY)
        child.kill(stop?.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT')
    }
    limit?.addEventListener('abort', giveUp, { once: true })
    stop?.addEventListener('abort', pass, { once: true })
    const end = (outcome: RunOutcome): void => {
      limit?.removeEventListener('abort', giveUp)
      stop?.removeEventListener('abort', pass)
      resolve(outcome)
    }
    child.once('error', ({ message }) => end({ kind: 'not_started', reason: message }))
    child.once('close', (code, signal) => end(limit?.aborted ? { kind: 'given_up' } : { kind: 'ended', code, signal }))
    // It may have fired before anybody listened.
    if (limit?.aborted) giveUp()
  })
}
