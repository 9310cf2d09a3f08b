import type { VNode } from 'preact'
import { CodeBlock } from '../../controls/code-block.js'

const PROGRAM = `import { Dataset } from '@axion/loader'

const dataset = Dataset.fromRecords([{ query: '2+2', expectedOutput: '4' }])
await dataset.pushToLangfuse({ name: 'sums' })`

/** What to do when there is no dataset yet. */
export function NoDatasets(): VNode {
  return (
    <section class="message">
      <h1>No datasets yet</h1>
      <p>
        Open a <a href="/">trace</a> that went right, or wrong, and press <b>Add to dataset</b>: what it was asked
        becomes an item, which remembers where it comes from.
      </p>
      <p>Or push what you have:</p>
      <CodeBlock text={PROGRAM} />
    </section>
  )
}
