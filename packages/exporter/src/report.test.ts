import { afterEach, expect, it, vi } from 'vitest'
import { createReporter, type ReportThreshold, reportToStderr, type TracingReport } from './report.js'
import { unhandledRejections } from './unhandled-rejections.fixture.js'

const report = (level: TracingReport['level'], message: string = level): TracingReport => ({
  level,
  code: 'delivery_failed',
  message,
})

afterEach(() => vi.restoreAllMocks())

it('createReporter() says each code and reason once', () => {
  const said: string[] = []
  const reporter = createReporter(({ message }) => said.push(message))
  reporter.once(report('error', 'first'), '401')
  reporter.once(report('error', 'again'), '401')
  reporter.once(report('error', 'other reason'), '404')
  reporter.once({ level: 'warn', code: 'filter_failed', message: 'other code' }, '401')
  expect(said).toEqual(['first', 'other reason', 'other code'])
})

it('createReporter() swallows what a receiver throws', () => {
  const reporter = createReporter(() => {
    throw new Error('broken receiver')
  })
  expect(() => reporter.once(report('error'))).not.toThrow()
})

it('createReporter() handles the rejection of a receiver that is asynchronous', async () => {
  const reporter = createReporter(async () => {
    throw new Error('broken receiver')
  })
  expect(await unhandledRejections(() => reporter.once(report('error')))).toEqual([])
})

it.each<[ReportThreshold, string]>([
  ['none', ''],
  ['error', '[axion] error\n'],
  ['warn', '[axion] error\n[axion] warn\n'],
  ['info', '[axion] error\n[axion] warn\n[axion] info\n'],
])('reportToStderr() writes lines down to the threshold %s', (threshold, expected) => {
  const written: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0)
  const receive = reportToStderr(threshold)
  for (const level of ['error', 'warn', 'info'] as const) receive(report(level))
  vi.restoreAllMocks()
  expect(written.join('')).toBe(expected)
})
