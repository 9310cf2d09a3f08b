import { Command } from 'commander'
import { datasetBuild } from './commands/dataset-build.js'
import { datasetConvert } from './commands/dataset-convert.js'
import { datasetPull } from './commands/dataset-pull.js'
import { datasetPush } from './commands/dataset-push.js'
import { datasetSample } from './commands/dataset-sample.js'
import { demo } from './commands/demo.js'
import { dev } from './commands/dev.js'
import { push } from './commands/push.js'
import { scoresList } from './commands/scores-list.js'
import { scoresPush } from './commands/scores-push.js'
import { sql } from './commands/sql.js'
import { tracesExport } from './commands/traces-export.js'
import { tracesGet } from './commands/traces-get.js'
import { tracesList } from './commands/traces-list.js'
import { tracesTail } from './commands/traces-tail.js'
import type { Terminal } from './terminal.js'

const AFTER_HELP = `
Environment:
  LANGFUSE_PUBLIC_KEY, LANGFUSE_SECRET_KEY  keys of the project (or --public-key, --secret-key)
  LANGFUSE_BASE_URL                         the server (or --base-url; default: https://cloud.langfuse.com)
  NO_COLOR                                  no colours, whatever the terminal

Exit codes:
  0    done, also if nothing was found
  1    failed: one line on standard error says why
  2    wrong usage: nothing was attempted
  130  interrupted (143: terminated) before it was done; axion dev ends with 0`

/**
 * Sets up the command line.
 *
 * @param terminal - Where commands print, and what stops them.
 * @param version - The package's version.
 * @returns The program. It throws `CommanderError` where commander on its own would end the process.
 */
export function createProgram(terminal: Terminal, version: string): Command {
  const program = new Command('axion')
    .description('A local Langfuse, traces and datasets from the terminal.')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.writeOut(text),
      // Only help takes this way, when a command lacks its subcommand: asking for nothing in particular is asking for help.
      writeErr: (text) => void terminal.writeOut(text),
      // Every error is printed in one place and in one form.
      outputError: () => {},
    })
    .addHelpText('after', AFTER_HELP)
  dev(program, terminal)
  demo(program, terminal)
  const traces = program.command('traces').description('look at traces, follow them, export them')
  tracesList(traces, terminal)
  tracesGet(traces, terminal)
  tracesTail(traces, terminal)
  tracesExport(traces, terminal)
  const dataset = program.command('dataset').description('make evaluation datasets, and move them')
  datasetBuild(dataset, terminal)
  datasetConvert(dataset, terminal)
  datasetSample(dataset, terminal)
  datasetPush(dataset, terminal)
  datasetPull(dataset, terminal)
  const scores = program.command('scores').description('push scores, and list them')
  scoresPush(scores, terminal)
  scoresList(scores, terminal)
  push(program, terminal)
  sql(program, terminal)
  return program
}
