import type { VNode } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { visibleText } from '../../format/visible-text.js'
import { isNarrow } from '../../is-narrow.js'
import { go, place, withParams } from '../../router/location.js'
import { getJson, ServerError } from '../../server/get-json.js'
import { onTracesChange } from '../../server/live.js'
import { usePaced } from '../../use-paced.js'
import type { PageProps } from '../page.js'
import { filterParams, serverParams } from '../traces/filter-params.js'
import { unfoldedPositions } from './lay-out-tree.js'
import { type OpenTrace, openTrace } from './open-trace.js'
import { StepPanel } from './step-panel.js'
import { StepTree } from './step-tree.js'
import type { TraceAnswer } from './trace-data.js'
import { TraceHeader } from './trace-header.js'
import { selectedIndex, useStepKeys } from './use-step-keys.js'
import '../../styles/trace.css'

/** A program that is still running sends span after span; the page follows at this pace. */
const REFRESH_MILLIS = 500
/** A large trace takes longer to read; this many times as long passes until it is read again. */
const LOAD_SHARE = 5

/** One trace: its steps as a tree beside their times, and what the selected one did. */
export function TracePage({ id }: PageProps): VNode {
  const { params } = place.value
  const [trace, setTrace] = useState<OpenTrace>()
  const [failure, setFailure] = useState('')
  const pace = useRef(REFRESH_MILLIS)
  const load = async (signal?: AbortSignal): Promise<void> => {
    const query = serverParams(place.peek().params, Date.now())
    const begun = performance.now()
    try {
      const answer = await getJson<TraceAnswer>(`/traces/${encodeURIComponent(id)}?${query}`, signal)
      setTrace(openTrace(answer))
      setFailure('')
      pace.current = Math.max(REFRESH_MILLIS, (performance.now() - begun) * LOAD_SHARE)
    } catch (error) {
      // A server that does not answer for a moment does not take away what it said.
      if (signal?.aborted === true || (trace?.trace.traceId === id && isUnreachable(error))) return
      setTrace(undefined)
      setFailure(error instanceof ServerError ? error.message : String(error))
    }
  }
  const request = useRef<AbortController>(undefined)
  useLayoutEffect(() => {
    request.current = new AbortController()
    void load(request.current.signal)
    return () => request.current?.abort()
  }, [id])
  const follow = usePaced(
    () => void load(request.current?.signal),
    () => pace.current,
  )
  useEffect(
    () =>
      onTracesChange((traceIds) => {
        if (traceIds.length === 0 || traceIds.includes(id)) follow()
      }),
    [id],
  )
  useEffect(() => {
    if (trace !== undefined) document.title = `${visibleText(trace.trace.name) || 'unnamed'} · Axion`
  }, [trace])

  const list = `/?${filterParams(params)}`.replace(/\?$/, '')
  if (failure !== '') {
    return (
      <section class="message">
        <h1>Cannot show this trace</h1>
        <p>{failure}</p>
        <p>
          <a href={list}>All traces</a>
        </p>
      </section>
    )
  }
  // The former trace stays until the next one is there: stepping through traces must not flicker.
  return trace === undefined ? <p class="note">Loading…</p> : <Loaded trace={trace} list={list} reload={load} />
}

function isUnreachable(error: unknown): boolean {
  return error instanceof ServerError && error.status === 0
}

interface LoadedProps {
  readonly trace: OpenTrace
  readonly list: string
  readonly reload: () => Promise<void>
}

function Loaded({ trace, list, reload }: LoadedProps): VNode {
  const { params } = place.value
  const { layout, columns } = trace
  // By id: a trace that grows gets new indices.
  const [foldedIds, setFoldedIds] = useState<ReadonlySet<string>>(new Set())
  const folded = useMemo(() => indicesOf(foldedIds, columns.ids), [foldedIds, columns])
  const positions = useMemo(() => unfoldedPositions(layout, folded), [layout, folded])
  const selected = useMemo(() => selectedIndex(trace), [trace, params])
  // Stepping changes what is seen, not where the reader is: Back leads to the list.
  const select = (index: number): void => go(withParams(place.value, { step: [columns.ids[index] ?? ''] }), 'replace')
  const setFold = (index: number, isFolded: boolean): void => {
    const next = new Set(foldedIds)
    const id = columns.ids[index] ?? ''
    if (isFolded) next.add(id)
    else next.delete(id)
    setFoldedIds(next)
  }
  const back = (): void => {
    if (isNarrow.value && place.value.params.has('step')) go(withParams(place.value, { step: [] }), 'replace')
    else go(list)
  }
  useStepKeys({ trace, positions, folded, select, setFold, back, list })
  return (
    <div class="trace-page" data-step={params.has('step')}>
      <TraceHeader trace={trace} list={list} onSelect={select} onChange={reload} />
      <div class="trace-panes">
        <StepTree
          trace={trace}
          positions={positions}
          folded={folded}
          selected={selected}
          onSelect={select}
          onFold={setFold}
        />
        <StepPanel trace={trace} index={selected} onBack={back} onChange={reload} />
      </div>
    </div>
  )
}

function indicesOf(some: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<number> {
  const indices = new Set<number>()
  if (some.size > 0) for (const [index, id] of ids.entries()) if (some.has(id)) indices.add(index)
  return indices
}
