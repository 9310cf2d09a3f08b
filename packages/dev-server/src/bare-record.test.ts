import { describe, expect, it } from 'vitest'
import { bareRecord } from './bare-record.js'

describe('bareRecord()', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'bareRecord() keeps %s as a key like any other',
    (key) => {
      const record = bareRecord<unknown>()
      expect([key in record, record[key]]).toEqual([false, undefined])
      record[key] = { polluted: true }
      expect([Object.keys(record), JSON.stringify(record)]).toEqual([[key], `{"${key}":{"polluted":true}}`])
      expect([record.polluted, ({} as Record<string, unknown>).polluted]).toEqual([undefined, undefined])
      expect(Object.keys(bareRecord())).toEqual([])
    },
  )
})
