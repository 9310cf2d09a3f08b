import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { CodeBlock } from '../../controls/code-block.js'
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
      <CodeBlock text={variables} />
      <p>and two lines, which send the first trace:</p>
      <CodeBlock text={`${IMPORTS}\n${PROGRAM}`} />
      <p class="quiet">
        Any OpenTelemetry exporter or Langfuse client does as well. Traces appear here as they come; there is no need to
        reload.
      </p>
    </section>
  )
}
