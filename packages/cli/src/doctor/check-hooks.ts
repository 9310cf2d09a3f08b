import process from 'node:process'
import type { WatchedProcess } from '@axion/register/doctor'
import { switchedOffBy } from '../options/tracing-from-environment.js'
import type { Finding } from './finding.js'
import type { RegisterCopy } from './locate-register.js'

type Hooks = NonNullable<WatchedProcess['start']['hooks']>

/**
 * Says which Node and which hooks there are.
 *
 * @param register - The package with the hooks.
 * @param folder - The application's.
 * @param processes - Those in which the hooks were.
 */
export function checkHooks(register: RegisterCopy, folder: string, processes: readonly WatchedProcess[]): Finding[] {
  const nodes = [...new Set(processes.map(({ start }) => start.node))]
  const [hooks] = processes.flatMap(({ start }) => start.hooks ?? [])
  const problems = new Set(processes.flatMap(({ start }) => start.problems))
  return [
    { check: 'node', status: 'ok', text: nodes.join(', ') || process.version, details: { versions: nodes } },
    checkRegister(register, folder),
    ...(processes.length > 0 ? [hooks ? toFinding(hooks) : checkSwitch()] : []),
    ...[...problems].map(
      (text): Finding => ({ check: 'environment', status: 'warning', text, fix: 'correct the variable' }),
    ),
  ]
}

function toFinding(hooks: Hooks): Finding {
  const text = `require by ${hooks.require}, import by ${hooks.import}`
  return { check: 'hooks', status: 'ok', text, details: { ...hooks } }
}

function checkRegister({ version, installed }: RegisterCopy, folder: string): Finding {
  const details = { version, installed: installed ?? null }
  if (installed?.version === version) {
    return { check: 'register', status: 'ok', text: `@axion/register ${version} (${installed.folder})`, details }
  }
  const text = installed
    ? `@axion/register ${installed.version} is installed, and this command knows ${version}`
    : `@axion/register is not installed in ${folder}: this command brought its own`
  return { check: 'register', status: 'warning', text, fix: `npm install @axion/register@${version}`, details }
}

function checkSwitch(): Finding {
  const by = switchedOffBy()
  return {
    check: 'hooks',
    status: 'problem',
    text: by === undefined ? 'tracing is switched off in the process' : `tracing is switched off by ${by}`,
    fix: `unset ${by?.split('=', 1)[0] ?? 'TRACING_MODE and OTEL_SDK_DISABLED'}`,
  }
}
