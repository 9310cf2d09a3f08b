import type { TracingReport } from '@axion/exporter'
import { writeEvent } from './write-event.js'

/**
 * Sends one span as an application does whose environment this process has, and writes what became of it. For a process of its own, under the
 * probe.
 */
export async function sendTestSpan(): Promise<void> {
  const reports: TracingReport[] = []
  const { register } = await import('../register.js')
  // All of it, whatever the application samples; and nothing is left to be sent after the answer is known.
  register({ onReport: (report) => void reports.push(report), sampleRate: 1, exitHooks: false })
  const { Tracer } = await import('@axion/core')
  const { configureTracing } = await import('@axion/exporter')
  const span = new Tracer('llm', { name: 'axion.doctor' }).startSpan('axion doctor', { type: 'span' })
  span.setInput('Does a span arrive?').setOutput('It does.').end()
  const { mode, flush } = configureTracing()
  const { exported } = await flush()
  const { traceId } = span
  writeEvent({
    kind: 'test_span',
    mode,
    ...(traceId === undefined ? {} : { traceId }),
    isExported: exported > 0,
    reports,
  })
}
