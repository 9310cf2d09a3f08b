import { CommanderError } from 'commander'
import { describe, expect, it } from 'vitest'
import { CliError } from './cli-error.js'
import { describeFailure } from './describe-failure.js'

describe('describeFailure()', () => {
  it.each([
    [new CliError('load_failed', 'Cannot load'), 'axion: Cannot load', 1],
    [new CliError('wrong_usage', 'Invalid --to'), 'axion: Invalid --to', 2],
    [new CliError('server_failed', 'two\nlines\u001b[2J'), 'axion: two␊lines␛[2J', 1],
    [
      new CommanderError(1, 'commander.unknownOption', "error: unknown option '--x'\n(Did you mean --y?)"),
      "axion: unknown option '--x' (Did you mean --y?): see axion --help",
      2,
    ],
    [new CommanderError(1, 'commander.help', '(outputHelp)'), undefined, 0],
    [new CommanderError(0, 'commander.version', '1.0.0'), undefined, 0],
    [
      new TypeError('x is not a function'),
      'axion: Unexpected error, please report it: TypeError: x is not a function',
      1,
    ],
    [
      new CliError('load_failed', `Cannot load trace ${'x'.repeat(5000)}: check the id`),
      `axion: Cannot load trace ${'x'.repeat(682)} … ${'x'.repeat(286)}: check the id`,
      1,
    ],
    ['a string', 'axion: Unexpected error, please report it: a string', 1],
    [undefined, 'axion: Unexpected error, please report it: undefined', 1],
  ])('turns %s into one line and an exit code', (error, line, exitCode) => {
    expect(describeFailure(error)).toEqual({ line, exitCode })
  })
})
