import { attempt } from '../attempt.js'

/** The parts of Node's `process` that exist in some runtimes and not in others. */
interface MaybeProcess {
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> }
}

/**
 * Whether the environment allows inputs and outputs on spans.
 *
 * Reads `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT` as OpenTelemetry's GenAI conventions define it: `false`, `NO_CONTENT`
 * and `EVENT_ONLY` keep content off spans. Unset or anything else allows it: content that is set by hand is wanted.
 *
 * @returns `true` unless the variable says otherwise.
 */
export function contentCaptureFromEnvironment(): boolean {
  // The core runs where there is no `process` (browsers, edge runtimes); Deno throws for what the program has no permission to read.
  const value = attempt(
    () => (globalThis as MaybeProcess).process?.env?.OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT,
  )
  return !/^\s*(false|0|no_content|event_only)\s*$/i.test(value ?? '')
}
