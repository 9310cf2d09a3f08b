import { processSlot } from '../process-slot.js'
import { hashOf } from './hash-of.js'
import { nameArguments } from './name-arguments.js'
import { isNodeStream, settleNodeStream } from './settle-node-stream.js'

/** Adds what needs Node, for every copy of the package in the process. */
export function addNodeSupport(): void {
  processSlot().node = {
    nameArguments,
    hashOf,
    isStream: isNodeStream,
    settleStream: settleNodeStream,
  }
}
