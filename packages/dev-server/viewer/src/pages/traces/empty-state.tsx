import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { CopyButton } from '../../controls/copy-button.js'
import { getJson } from '../../server/get-json.js'

/** As `GET /viewer/api/setup` gives it. */
interface Setup {
  readonly url: string
  readonly publicKey: string
}

const IMPORTS = `import { initTracer } from '@axion/core'
import { configureTracing } from '@axion/exporter'
`
const PROGRAM = `configureTracing()
await initTracer().span('first-trace', { input: 'Hello?' }, async (span) => span.setOutput('It works.'))`

/** What to do when there is no trace yet. */
export function EmptyState(): VNode {
  const [setup, setSetup] = useState<Setup>()
  useEffect(() => {
    getJson<Setup>('/setup')
      .then(setSetup)
      .catch(() => undefined)
  }, [])
  const variables = `export LANGFUSE_BASE_URL=${setup?.url ?? '…'}
export LANGFUSE_PUBLIC_KEY=${setup?.publicKey ?? '…'}
export LANGFUSE_SECRET_KEY=…   # from keys.json in the data directory`
  return (
    <section class="message empty-state">
      <h1>No traces yet</h1>
      <p>Give your program the address and the keys of this server:</p>
      <Code text={variables} />
      <p>and two lines, which send the first trace:</p>
      <Code text={`${IMPORTS}\n${PROGRAM}`} />
      <p class="quiet">
        Any OpenTelemetry exporter or Langfuse client does as well. Traces appear here as they come; there is no need to
        reload.
      </p>
    </section>
  )
}

function Code({ text }: { readonly text: string }): VNode {
  return (
    <div class="code">
      <pre>{text}</pre>
      <CopyButton label="Copy" text={() => text} />
    </div>
  )
}
