import type { Command } from 'commander'
import type { Terminal } from '../terminal.js'
import { datasetBuild } from './dataset-build.js'
import { datasetConvert } from './dataset-convert.js'
import { datasetPull } from './dataset-pull.js'
import { datasetPush } from './dataset-push.js'
import { datasetSample } from './dataset-sample.js'

/**
 * Sets up `axion dataset`.
 *
 * @param command - The command.
 * @param terminal - Where its commands print, and what stops them.
 */
export function dataset(command: Command, terminal: Terminal): void {
  datasetBuild(command, terminal)
  datasetConvert(command, terminal)
  datasetSample(command, terminal)
  datasetPush(command, terminal)
  datasetPull(command, terminal)
}
