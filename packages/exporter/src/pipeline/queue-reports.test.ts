import { describe, expect, it } from 'vitest'
import { createReporter } from '../report.js'
import { createQueueReports, type QueueRoom } from './queue-reports.js'

const ROOM: QueueRoom = { maxQueueBytes: 128 * 2 ** 20, maxQueueSpans: 1_000_000, hasSpool: false }

function said(queue: { bytes: number; spans: number }, room: Partial<QueueRoom>): string[] {
  const messages: string[] = []
  const reports = createQueueReports(
    queue,
    { ...ROOM, ...room },
    createReporter(({ level, code, message }) => messages.push(`${level} ${code} ${message}`)),
  )
  for (let time = 0; time < 2; time++) {
    reports.pressure()
    reports.overflow()
  }
  return messages
}

describe('createQueueReports()', () => {
  it.each<[string, { bytes: number; spans: number }, Partial<QueueRoom>, string, string]>([
    ['bytes', { bytes: 2 ** 27, spans: 1 }, {}, '128 MiB', 'maxQueueBytes'],
    ['spans', { bytes: 1, spans: 1_000_000 }, {}, '1,000,000 spans', 'maxQueueSpans'],
    ['few spans', { bytes: 1, spans: 9 }, { maxQueueSpans: 10 }, '10 spans', 'maxQueueSpans'],
    ['few bytes', { bytes: 65_000, spans: 9 }, { maxQueueBytes: 65_536 }, '64 KiB', 'maxQueueBytes'],
    ['odd bytes', { bytes: 99_999, spans: 9 }, { maxQueueBytes: 100_000 }, '97.7 KiB', 'maxQueueBytes'],
    ['many bytes', { bytes: 2 ** 33, spans: 9 }, { maxQueueBytes: 2 ** 33 }, '8 GiB', 'maxQueueBytes'],
  ])('createQueueReports() names the bound that was reached, in %s', (_case, queue, room, size, option) => {
    expect(said(queue, room)).toEqual([
      `warn queue_pressure Spans end faster than they are sent: three quarters of the queue's ${size} are taken. ` +
        `Sample, or raise ${option}. A spool takes what does not fit.`,
      `error spans_dropped Dropping spans: the queue's ${size} are taken, and what ends beyond is counted in dropped. ` +
        `Set AXION_SPOOL_DIR to keep it on disk, or raise ${option}.`,
    ])
  })

  it('createQueueReports() does not advise a spool where there is one', () => {
    expect(said({ bytes: 2 ** 27, spans: 1 }, { hasSpool: true })).toEqual([
      "warn queue_pressure Spans end faster than they are sent: three quarters of the queue's 128 MiB are taken. " +
        'Sample, or raise maxQueueBytes. What does not fit goes to the spool.',
      "error spans_dropped Dropping spans: the queue's 128 MiB are taken and the spool does not take more, and what ends beyond is counted in dropped. " +
        'Raise spool.maxBytes or maxQueueBytes, or look after the disk.',
    ])
  })
})
