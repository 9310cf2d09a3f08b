import type { VNode } from 'preact'
import { CodeBlock } from '../../controls/code-block.js'

const PROGRAM = `import { Dataset, evaluate } from '@axion/loader'

const dataset = await Dataset.fromLangfuse({ name: 'sums' })
const result = await evaluate(dataset, {
  task: ({ query }) => answer(query),
  evaluators: { right: ({ output, expected }) => output === expected },
})
await result.publishAsExperiment({ datasetName: 'sums', runName: 'prompt v1' })`

/** What to do when there is no experiment yet. */
export function NoExperiments(): VNode {
  return (
    <section class="message">
      <h1>No experiments yet</h1>
      <p>
        Run your task over the items of a <a href="/datasets">dataset</a>, score the answers and publish the result. Run
        it again after a change, and compare both here, item by item.
      </p>
      <CodeBlock text={PROGRAM} />
      <p class="quiet">Experiments of Langfuse&rsquo;s own clients appear here as well.</p>
    </section>
  )
}
