import type { Command } from 'commander'
import type { Terminal } from '../terminal.js'
import { tracesExport } from './traces-export.js'
import { tracesGet } from './traces-get.js'
import { tracesList } from './traces-list.js'
import { tracesTail } from './traces-tail.js'

/**
 * Sets up `axion traces`.
 *
 * @param command - The command.
 * @param terminal - Where its commands print, and what stops them.
 */
export function traces(command: Command, terminal: Terminal): void {
  tracesList(command, terminal)
  tracesGet(command, terminal)
  tracesTail(command, terminal)
  tracesExport(command, terminal)
}
