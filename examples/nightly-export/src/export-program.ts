import { join } from 'node:path'
import { fromTrace, LangfuseTraceLoader } from '@axion/loader'

// What a timer starts every night. Started again after a crash with the same arguments, it goes on where it was. The connection comes from the
// environment (LANGFUSE_BASE_URL, LANGFUSE_PUBLIC_KEY, LANGFUSE_SECRET_KEY). The third argument is for this story: after how many traces the
// machine dies.
const [folder = '.', toTimestamp = '', dieAfter = 'Infinity'] = process.argv.slice(2)
const loader = new LangfuseTraceLoader()
try {
  const { items } = await loader.exportTraces({
    to: join(folder, 'items.jsonl'),
    checkpoint: join(folder, 'items.checkpoint'),
    // Of the same night, however often it is tried.
    fromTimestamp: new Date(Date.parse(toTimestamp) - 86_400_000),
    toTimestamp,
    name: 'summarize',
    tags: ['nightly'],
    transform: (trace) => (trace.level === 'ERROR' ? null : fromTrace(trace)),
    onProgress: ({ traces }) => {
      if (traces >= Number(dieAfter)) process.kill(process.pid, 'SIGKILL')
      process.send?.(traces)
    },
  })
  process.send?.(`exported ${items}`)
} finally {
  await loader.close()
  process.disconnect?.()
}
