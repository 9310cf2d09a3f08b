import type { VNode } from 'preact'
import { CodeBlock } from '../../controls/code-block.js'

const PROGRAM = `import { withTraceContext } from '@axion/core'

await withTraceContext({ sessionId: 'chat-42', userId: 'ada' }, () => answer(question))`

/** What to do when there is no session yet. */
export function NoSessions(): VNode {
  return (
    <section class="message">
      <h1>No sessions yet</h1>
      <p>
        A session is the traces of one conversation. Give them the same session id, and they stand here as what was
        said:
      </p>
      <CodeBlock text={PROGRAM} />
      <p class="quiet">
        Any client that sets the attribute <code>session.id</code> does as well. <a href="/">All traces</a>
      </p>
    </section>
  )
}
