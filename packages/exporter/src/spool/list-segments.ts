import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { acknowledgementFileName, parseSegmentFileName, type SegmentName, segmentFileName } from './segment-name.js'

/** A segment as it lies in its folder. */
export interface ListedSegment {
  readonly name: SegmentName
  /** Of its files. */
  readonly bytes: number
}

/**
 * Lists the segments of a log.
 *
 * @param folder - Of the log. Its files may be deleted meanwhile.
 * @returns Those that are there, in no order, and the paths of what deleted segments have left.
 * @throws If the folder cannot be read.
 */
export function listSegments(folder: string): {
  readonly segments: readonly ListedSegment[]
  readonly leftovers: readonly string[]
} {
  const fileNames = readdirSync(folder)
  const there = new Set(fileNames)
  const segments: ListedSegment[] = []
  const leftovers: string[] = []
  for (const fileName of fileNames) {
    const parsed = parseSegmentFileName(fileName)
    if (parsed?.kind === 'segment') {
      const acknowledged = join(folder, acknowledgementFileName(parsed.name))
      segments.push({ name: parsed.name, bytes: sizeOf(join(folder, fileName)) + sizeOf(acknowledged) })
    } else if (parsed && !there.has(segmentFileName(parsed.name))) {
      leftovers.push(join(folder, fileName))
    }
  }
  return { segments, leftovers }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
