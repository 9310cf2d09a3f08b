// `node --import @axion/register/doctor/probe app.js`: the hook, and an ear that tells `axion doctor` what it does.
import { fileURLToPath } from 'node:url'
import { optionsFromEnvironment } from '../options/options-from-environment.js'
import { processSlot } from '../process-slot.js'
import type { SpanKind } from './doctor-event.js'
import { loadedApiCopies } from './loaded-api-copies.js'
import { manifestVersion } from './manifest-version.js'
import { onExit } from './on-exit.js'
import { tracingState } from './tracing-state.js'
import { watchProviders } from './watch-providers.js'
import { watchRequests } from './watch-requests.js'
import { writeEvent } from './write-event.js'

// A program may name its spans by ids.
const MAX_KINDS = 1000
const spans = new Map<string, SpanKind & { count: number }>()
const requests = new Map<string, number>()

// Before the hook registers anything.
const refused = watchProviders((kind) => {
  const key = JSON.stringify([kind.scope, kind.name])
  const known = spans.get(key)
  if (!known) writeEvent({ kind: 'span', ...kind })
  if (known || spans.size < MAX_KINDS) spans.set(key, { ...kind, count: (known?.count ?? 0) + 1 })
})
watchRequests((library) => {
  const count = requests.get(library) ?? 0
  if (count === 0) writeEvent({ kind: 'request', library })
  requests.set(library, count + 1)
})

await import('../index.js')
const { hooks } = processSlot()
if (hooks) processSlot().onPatch = (record) => writeEvent({ kind: 'patch', record })
writeEvent({
  kind: 'start',
  pid: process.pid,
  node: process.version,
  program: process.argv[1] ?? '',
  version: manifestVersion(fileURLToPath(new URL('../..', import.meta.url))),
  hooks: hooks ?? null,
  problems: optionsFromEnvironment().problems,
})
onExit(() => {
  writeEvent({
    kind: 'end',
    spans: [...spans.values()],
    requests: Object.fromEntries(requests),
    apiCopies: loadedApiCopies(),
    ...tracingState(refused),
  })
})
