import type { VNode } from 'preact'
import { PayloadView } from '../../payload/payload-view.js'

type Metadata = Readonly<Record<string, string>>

/** What a span had as OpenTelemetry sends it: most of it stands elsewhere on the page already. */
const FROM_OPENTELEMETRY = /^(attributes|resourceAttributes|scope)\./

/** The metadata that a program gave a step, and below it, folded, what OpenTelemetry's span had. */
export function StepMetadata({ metadata }: { readonly metadata: Metadata }): VNode {
  const entries = Object.entries(metadata)
  const own = entries.filter(([key]) => !FROM_OPENTELEMETRY.test(key))
  const others = entries.filter(([key]) => FROM_OPENTELEMETRY.test(key))
  return (
    <>
      {own.length > 0 && <PayloadView label="Metadata" text={JSON.stringify(readable(own))} />}
      {others.length > 0 && (
        <details class="span-attributes">
          <summary>{others.length} attributes of the span</summary>
          <PayloadView label="Attributes" text={JSON.stringify(readable(others))} />
        </details>
      )}
    </>
  )
}

/** Values are stored as text; those that are JSON fold. */
function readable(entries: readonly (readonly [string, string])[]): Record<string, unknown> {
  return Object.fromEntries(entries.map(([key, text]) => [key, parsedValue(text)]))
}

function parsedValue(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
