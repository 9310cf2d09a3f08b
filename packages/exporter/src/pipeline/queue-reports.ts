import type { ParcelQueue } from '../queue/parcel-queue.js'
import type { Reporter } from '../report.js'

/** What the person who runs the program hears of a queue that fills up. Each is said once. */
export interface QueueReports {
  /** Most of it is taken. */
  pressure(): void
  /** It is full, and spans were dropped. */
  overflow(): void
}

/** What a queue may hold, and whether there is a spool behind it. */
export interface QueueRoom {
  readonly maxQueueBytes: number
  readonly maxQueueSpans: number
  readonly hasSpool: boolean
}

/**
 * Creates the voice of a queue. It names the bound that was reached, and only what is not done already.
 *
 * @param queue - What waits.
 * @param room - What may.
 * @param reporter - The door.
 */
export function createQueueReports(
  queue: Pick<ParcelQueue, 'bytes' | 'spans'>,
  room: QueueRoom,
  reporter: Reporter,
): QueueReports {
  const { maxQueueBytes, maxQueueSpans, hasSpool } = room
  const isBySpans = (): boolean => queue.spans / maxQueueSpans > queue.bytes / maxQueueBytes
  const bound = (): { readonly size: string; readonly option: string } =>
    isBySpans()
      ? { size: `${maxQueueSpans.toLocaleString('en')} spans`, option: 'maxQueueSpans' }
      : { size: showBytes(maxQueueBytes), option: 'maxQueueBytes' }
  return {
    pressure() {
      const { size, option } = bound()
      const rest = hasSpool ? 'What does not fit goes to the spool.' : 'A spool takes what does not fit.'
      const message =
        `Spans end faster than they are sent: three quarters of the queue's ${size} are taken. ` +
        `Sample, or raise ${option}. ${rest}`
      reporter.once({ level: 'warn', code: 'queue_pressure', message })
    },
    overflow() {
      const { size, option } = bound()
      const message = hasSpool
        ? `Dropping spans: the queue's ${size} are taken and the spool does not take more, and what ends beyond is counted in dropped. ` +
          `Raise spool.maxBytes or ${option}, or look after the disk.`
        : `Dropping spans: the queue's ${size} are taken, and what ends beyond is counted in dropped. ` +
          `Set AXION_SPOOL_DIR to keep it on disk, or raise ${option}.`
      reporter.once({ level: 'error', code: 'spans_dropped', message })
    },
  }
}

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

// With one decimal, if there is one.
function showBytes(bytes: number): string {
  const exponent = Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1)
  return `${Math.round((bytes / 1024 ** exponent) * 10) / 10} ${UNITS[exponent]}`
}
