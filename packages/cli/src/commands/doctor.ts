import process from 'node:process'
import type { Command } from 'commander'
import { CliError } from '../cli-error.js'
import type { Finding } from '../doctor/finding.js'
import { renderFindings } from '../doctor/render-findings.js'
import { parseWait } from '../options/parse-number.js'
import { jsonLine } from '../render/json-line.js'
import { createPaint } from '../render/paint.js'
import type { Terminal } from '../terminal.js'

interface DoctorFlags {
  readonly timeout: number
  readonly json?: boolean
}

const EXAMPLES = `
Looks at Node, the hooks of @axion/register, each library that can be traced,
copies of OpenTelemetry's API, the keys and the server, and sends a test span
and reads it back. With a command, it runs that under the hooks and says what
was patched and called in it; the report then goes to standard error, and
standard output is the command's. Keys are never shown.

Exit codes: 0 no problems; 1 problems, also if the command failed.

Examples:
  axion doctor
  axion doctor --json | jq '.findings[] | select(.status == "problem")'
  axion doctor -- node dist/server.js
  axion doctor -- npm start`

/**
 * Sets up `axion doctor`.
 *
 * @param command - The command.
 * @param terminal - Where it prints, and what stops it.
 */
export function doctor(command: Command, terminal: Terminal): void {
  command
    .argument('[command...]', 'after --: a command of your application, to be run under the hooks')
    .option('--timeout <seconds>', 'how long to wait for the server, and for libraries to load', parseWait, 30)
    .option('--json', 'print one JSON object with ok and findings')
    .addHelpText('after', EXAMPLES)
    .action(async (words: readonly string[], { timeout, json }: DoctorFlags) => {
      const { examine } = await import('../doctor/examine.js')
      const cwd = process.cwd()
      const examination = { cwd, command: words, timeoutMillis: timeout * 1000, stop: terminal.stop }
      const findings = await examine(examination)
      if (terminal.stop.aborted && words.length === 0) throw new CliError('stopped', 'axion doctor was stopped')
      const problems = findings.filter(({ status }) => status === 'problem').length
      const text = json
        ? jsonLine({ ok: problems === 0, findings })
        : asText(findings, words.length === 0 && terminal.color)
      await (words.length === 0 ? terminal.writeOut(text) : terminal.writeError(text))
      if (problems > 0) throw new CliError('problems_found', `axion doctor found ${problems} problems`)
    })
}

function asText(findings: readonly Finding[], color: boolean): string {
  return `${renderFindings(findings, createPaint(color)).join('\n')}\n`
}
