import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runStory } from './run-story.js'

// The one place that knows of the process: arguments, folders, signals, exit code.
try {
  const { values } = parseArgs({
    options: {
      keep: { type: 'boolean', default: false },
      'data-dir': { type: 'string', default: fileURLToPath(new URL('../.axion', import.meta.url)) },
    },
  })
  const { langfuse, items, path } = await runStory({
    environment: process.env,
    corpusDir: fileURLToPath(new URL('../../..', import.meta.url)),
    dataDir: values['data-dir'],
    print: (line) => console.log(line),
  })
  try {
    const staysOpen = values.keep && langfuse.isLocal
    if (staysOpen) {
      console.log('The server runs until Ctrl-C. To use it from another terminal:')
      for (const name of ['LANGFUSE_BASE_URL', 'LANGFUSE_PUBLIC_KEY', 'LANGFUSE_SECRET_KEY']) {
        console.log(`  export ${name}=${process.env[name]}`)
      }
    }
    const hint = ' (closed now; `npm run quickstart -- --keep` leaves it open)'
    console.log(`viewer: ${staysOpen ? langfuse.viewerUrl : langfuse.url}${langfuse.isLocal && !staysOpen ? hint : ''}`)
    console.log(`dataset: ${items} items -> ${path}`)
    if (staysOpen) await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  } finally {
    await langfuse.close()
  }
} catch (error) {
  console.error(`support-rag: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
