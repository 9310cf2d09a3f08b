import { criticalPath } from './critical-path.js'
import { layOutTree, type TreeLayout } from './lay-out-tree.js'
import type { TraceAnswer } from './trace-data.js'

/** A trace, laid out. */
export interface OpenTrace extends TraceAnswer {
  readonly layout: TreeLayout
  /** 1 for the observations on the critical path. */
  readonly critical: Uint8Array
  /** From the first start to the last end. */
  readonly totalMillis: number
}

/**
 * Lays a trace out.
 *
 * @param answer What came from the server.
 * @returns The trace with its tree.
 */
export function openTrace(answer: TraceAnswer): OpenTrace {
  const { columns } = answer
  const layout = layOutTree(columns)
  let totalMillis = 1
  for (const [index, start] of columns.startOffsetsMillis.entries()) {
    totalMillis = Math.max(totalMillis, start + (columns.durationsMillis[index] ?? 0))
  }
  return { ...answer, layout, critical: criticalPath(layout, columns), totalMillis }
}
