import { PassThrough, Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { writeLine } from './write-line.js'

it('writeLine() writes, tells so, and leaves no listener behind', async () => {
  const sink = new PassThrough()
  const outcome = await new Promise((resolve) => writeLine(sink, 'line\n', resolve))
  expect(outcome).toBeUndefined()
  expect(sink.read().toString()).toBe('line\n')
  expect(sink.listenerCount('error')).toBe(0)
})

it('writeLine() survives a stream whose reader is gone', async () => {
  const gone = new Error('EPIPE')
  const sink = new Writable({ write: (_chunk, _encoding, done) => done(gone) })
  // Comes after the error event, which nobody else listens to and which would end the process.
  const closed = new Promise((resolve) => sink.once('close', resolve))
  expect(await new Promise((resolve) => writeLine(sink, 'line\n', resolve))).toBe(gone)
  await closed
  expect(sink.destroyed).toBe(true)
})
