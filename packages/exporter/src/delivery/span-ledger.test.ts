import { expect, it } from 'vitest'
import { SpanLedger } from './span-ledger.js'

it('report() adds up to what was accepted, whatever became of it', () => {
  const ledger = new SpanLedger()
  ledger.accept(10)
  ledger.accept()
  expect(ledger.report()).toEqual({ exported: 0, failed: 0, dropped: 0, spooled: 0, pending: 11 })
  ledger.exported(2)
  ledger.failed(1)
  ledger.dropped(3, 'queue_full')
  ledger.dropped(1, 'unencodable')
  ledger.spooled(4)
  expect(ledger.report()).toEqual({ exported: 2, failed: 1, dropped: 4, spooled: 4, pending: 0 })
  expect(ledger.droppedBy()).toEqual({ queue_full: 3, unencodable: 1 })
})

it('spooled() takes back what came from the disk', () => {
  const ledger = new SpanLedger()
  ledger.accept(5)
  ledger.spooled(5)
  ledger.spooled(-5)
  ledger.exported(5)
  expect(ledger.report()).toEqual({ exported: 5, failed: 0, dropped: 0, spooled: 0, pending: 0 })
})
