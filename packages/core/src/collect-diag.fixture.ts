import { type DiagLogFunction, DiagLogLevel, diag } from '@opentelemetry/api'
import { processSlot } from './process-slot.js'

/** What was said through OpenTelemetry's `diag`, as `level: message`. Warnings that are given once are given anew. */
export async function collectDiag(fn: () => unknown): Promise<readonly string[]> {
  const lines: string[] = []
  const at =
    (level: string): DiagLogFunction =>
    (...parts) => {
      // A component logger puts its namespace first.
      lines.push(`${level}: ${parts.find((part) => part !== '@axion/core')}`)
    }
  processSlot().warned.clear()
  diag.setLogger(
    { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug'), verbose: at('verbose') },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  )
  try {
    await fn()
  } finally {
    diag.disable()
  }
  return lines
}
