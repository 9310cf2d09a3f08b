import type { Command } from 'commander'
import type { Terminal } from '../terminal.js'
import { scoresList } from './scores-list.js'
import { scoresPush } from './scores-push.js'

/**
 * Sets up `axion scores`.
 *
 * @param command - The command.
 * @param terminal - Where its commands print, and what stops them.
 */
export function scores(command: Command, terminal: Terminal): void {
  scoresPush(command, terminal)
  scoresList(command, terminal)
}
