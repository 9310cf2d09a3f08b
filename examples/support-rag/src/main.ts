import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runStory } from './run-story.js'

// The one place that knows of the process: arguments, folders, signals, exit code.
const { values } = parseArgs({
  options: {
    keep: { type: 'boolean', default: false },
    'data-dir': { type: 'string', default: fileURLToPath(new URL('../.axion', import.meta.url)) },
  },
})

try {
  const story = await runStory({
    environment: process.env,
    corpusDir: fileURLToPath(new URL('../../..', import.meta.url)),
    dataDir: values['data-dir'],
    print: (line) => console.log(line),
  })
  try {
    const closing =
      story.langfuse.isLocal && !values.keep ? ' (closes now; `npm run quickstart -- --keep` leaves it open)' : ''
    console.log(`viewer: ${story.langfuse.viewerUrl}${closing}`)
    console.log(`dataset: ${story.items} items -> ${story.path}`)
    if (values.keep && story.langfuse.isLocal) await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  } finally {
    await story.langfuse.close()
  }
} catch (error) {
  console.error(`support-rag: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
