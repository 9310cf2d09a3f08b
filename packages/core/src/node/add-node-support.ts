import { processSlot } from '../process-slot.js'
import { endIfAbandoned } from './end-if-abandoned.js'
import { hashOf } from './hash-of.js'
import { parametersOf } from './parameters-of.js'
import { isNodeStream, settleNodeStream } from './settle-node-stream.js'

/** Adds what needs Node, for every copy of the package in the process. */
export function addNodeSupport(): void {
  processSlot().node = {
    parametersOf,
    hashOf,
    isStream: isNodeStream,
    settleStream: settleNodeStream,
    endIfAbandoned,
  }
}
