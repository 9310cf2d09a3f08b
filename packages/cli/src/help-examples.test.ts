import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { createProgram } from './program.js'
import type { Terminal } from './terminal.js'

const TERMINAL: Terminal = {
  color: false,
  columns: undefined,
  errorColumns: undefined,
  stop: new AbortController().signal,
  letSignalsEnd: () => {},
  writeOut: async () => {},
  writeError: async () => {},
}
const COMMANDS = ['dev', 'demo', 'traces', 'dataset', 'scores', 'push', 'sql', 'doctor']

describe('the examples of --help', () => {
  it.each(COMMANDS)('addHelpText() gives every command of %s examples that the parser takes', async (name) => {
    for (const command of commandsOf(await load([name], () => {}), name)) {
      const help = await helpOf(command)
      // Commander wraps what is its own; an example is not to be broken.
      const tooLong = help.split('\n').filter((line) => line.length > 80 && !line.startsWith('  '))
      expect(tooLong).toEqual([])
      const examples = examplesOf(help)
      expect(examples, command.join(' ')).not.toEqual([])
      expect(examples.some((words) => command.every((word, index) => words[index] === word))).toBe(true)
      for (const words of examples) expect(await parsed(words), words.join(' ')).toBe(words.join(' '))
    }
  })

  function load(words: readonly string[], print: (text: string) => void): Promise<Command> {
    return createProgram(words, TERMINAL, '0.0.0', print)
  }

  /** The words of a command, or of those that stand under it. */
  function commandsOf(program: Command, name: string): string[][] {
    const under = program.commands.find((command) => command.name() === name)?.commands ?? []
    return under.length === 0 ? [[name]] : under.map((command) => [name, command.name()])
  }

  async function helpOf(words: readonly string[]): Promise<string> {
    let text = ''
    const program = await load(words, (part) => {
      text += part
    })
    await program.parseAsync([...words, '--help'], { from: 'user' }).catch(() => {})
    return text
  }

  /** What stands behind every `axion` in the lines under "Examples:". */
  function examplesOf(help: string): string[][] {
    const [, examples = ''] = help.split('\nExamples:\n')
    return examples
      .split('\n')
      .flatMap((line) => line.split(' | '))
      .filter((part) => part.trim().startsWith('axion '))
      .map((part) => wordsOf(part.trim()).slice(1))
  }

  /** Cuts as a shell does, as far as the examples need it. */
  function wordsOf(line: string): string[] {
    return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
      ([, double, single, plain]) => double ?? single ?? plain ?? '',
    )
  }

  /** The words, if the parser takes them, with actions that do nothing; else what it says. */
  async function parsed(words: readonly string[]): Promise<string> {
    const program = await load(words, () => {})
    const silence = (command: Command): void => {
      if (command.commands.length === 0) command.action(() => {})
      command.commands.forEach(silence)
    }
    silence(program)
    try {
      await program.parseAsync(words, { from: 'user' })
      return words.join(' ')
    } catch (error) {
      return String(error)
    }
  }
})
