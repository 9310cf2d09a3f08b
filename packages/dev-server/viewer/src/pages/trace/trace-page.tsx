import type { VNode } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
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

/** One trace: its steps as a tree beside their times, and what the selected one did. */
export function TracePage({ id }: PageProps): VNode {
  const { params } = place.value
  const [trace, setTrace] = useState<OpenTrace>()
  const [failure, setFailure] = useState('')
  const load = async (signal?: AbortSignal): Promise<void> => {
    const query = serverParams(place.peek().params, Date.now())
    try {
      const answer = await getJson<TraceAnswer>(`/traces/${encodeURIComponent(id)}?${query}`, signal)
      setTrace(openTrace(answer))
      setFailure('')
    } catch (error) {
      if (signal?.aborted === true) return
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
  const follow = usePaced(() => void load(request.current?.signal), REFRESH_MILLIS)
  useEffect(
    () =>
      onTracesChange((traceIds) => {
        if (traceIds.length === 0 || traceIds.includes(id)) follow()
      }),
    [id],
  )
  useEffect(() => {
    if (trace !== undefined) document.title = `${trace.trace.name || 'unnamed'} · Axion`
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

interface LoadedProps {
  readonly trace: OpenTrace
  readonly list: string
  readonly reload: () => Promise<void>
}

function Loaded({ trace, list, reload }: LoadedProps): VNode {
  const { params } = place.value
  const { layout, columns } = trace
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set())
  const positions = useMemo(() => unfoldedPositions(layout, folded), [layout, folded])
  const selected = useMemo(() => selectedIndex(trace), [trace, params])
  // Stepping changes what is seen, not where the reader is: Back leads to the list.
  const select = (index: number): void => go(withParams(place.value, { step: [columns.ids[index] ?? ''] }), 'replace')
  const setFold = (index: number, isFolded: boolean): void => {
    const next = new Set(folded)
    if (isFolded) next.add(index)
    else next.delete(index)
    setFolded(next)
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
