import { isatty } from 'node:tty'

/**
 * Whether somebody sits at Node's prompt. There, SIGINT (Ctrl-C) ends what was typed and not the process; with any listener for it, even one
 * that does nothing, it ends the process at once.
 */
export function isRepl(): boolean {
  return process.argv.length === 1 && isatty(0) && !process.execArgv.some((argument) => EVALUATES.test(argument))
}

// Code on the command line instead of a file: that is no prompt either.
const EVALUATES = /^(-e|-p|-pe|--eval|--print)(=|$)/
