import { Command } from 'commander'
import { CliError } from './cli-error.js'
import type { Terminal } from './terminal.js'

/** A command that is loaded when it is asked for: loading all of them takes longer than all else that `axion --help` does. */
interface LazyCommand {
  readonly name: string
  readonly description: string
  readonly load: () => Promise<(command: Command, terminal: Terminal) => void>
}

const COMMANDS: readonly LazyCommand[] = [
  {
    name: 'dev',
    description: 'run a local Langfuse until interrupted (Ctrl-C)',
    load: async () => (await import('./commands/dev.js')).dev,
  },
  {
    name: 'demo',
    description: 'fill a server with a believable set of traces',
    load: async () => (await import('./commands/demo.js')).demo,
  },
  {
    name: 'traces',
    description: 'look at traces, follow them, export them',
    load: async () => (await import('./commands/traces.js')).traces,
  },
  {
    name: 'dataset',
    description: 'make evaluation datasets, and move them',
    load: async () => (await import('./commands/dataset.js')).dataset,
  },
  {
    name: 'scores',
    description: 'push scores, and list them',
    load: async () => (await import('./commands/scores.js')).scores,
  },
  {
    name: 'push',
    description: 'push the local store to a Langfuse',
    load: async () => (await import('./commands/push.js')).push,
  },
  {
    name: 'sql',
    description: 'ask the local store in SQL, read-only',
    load: async () => (await import('./commands/sql.js')).sql,
  },
  {
    name: 'doctor',
    description: 'find out why there are no traces, alone or for a command',
    load: async () => (await import('./commands/doctor.js')).doctor,
  },
]

const AFTER_HELP = `
Environment:
  LANGFUSE_PUBLIC_KEY  key of the project (or --public-key)
  LANGFUSE_SECRET_KEY  its secret key (or --secret-key)
  LANGFUSE_BASE_URL    the server (or --base-url; https://cloud.langfuse.com)
  NO_COLOR             no colours, whatever the terminal

Exit codes:
  0    done, also if nothing was found
  1    failed: one line on standard error says why
  2    wrong usage: nothing was attempted
  130  interrupted (143: terminated) before it was done; axion dev ends with 0`

/**
 * Sets up the command line.
 *
 * @param args - The words after `axion`: only the command that they name is loaded.
 * @param terminal - Where commands print, and what stops them.
 * @param version - The package's version.
 * @param printHelp - Takes what commander prints of itself: help, and the version.
 * @returns The program. It throws `CommanderError` where commander on its own would end the process.
 */
export async function createProgram(
  args: readonly string[],
  terminal: Terminal,
  version: string,
  printHelp: (text: string) => void,
): Promise<Command> {
  const program = new Command('axion')
    .description('A local Langfuse, traces and datasets from the terminal.')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .configureOutput({
      writeOut: printHelp,
      // Only help takes this way, when a command lacks its subcommand: asking for nothing in particular is asking for help.
      writeErr: printHelp,
      // Every error is printed in one place and in one form.
      outputError: () => {},
    })
    .addHelpText('after', AFTER_HELP)
    // Commander's own looks one word deep, and answers a word it does not know with the help of all.
    .helpCommand(false)
  for (const { name, description, load } of COMMANDS) {
    // Flags may stand before it, and `help` does.
    const command = program.command(name).description(description)
    if (args.includes(name)) (await load())(command, terminal)
  }
  program
    .command('help')
    .description('show the help of a command')
    .argument('[command...]', 'its words')
    .action((words: readonly string[]) => find(program, words).help())
  return program
}

function find(program: Command, words: readonly string[]): Command {
  return words.reduce((command, word) => {
    const found = command.commands.find((one) => one.name() === word)
    if (found === undefined) throw new CliError('wrong_usage', `unknown command '${words.join(' ')}': see axion --help`)
    return found
  }, program)
}
