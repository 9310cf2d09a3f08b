import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { go, place, withParams } from '../../router/location.js'
import { getJson } from '../../server/get-json.js'
import { useAnswer } from '../../server/use-answer.js'
import { useRowKeys } from '../../use-row-keys.js'
import type { PageProps } from '../page.js'
import type { DatasetAnswer, ItemRow } from './dataset-data.js'
import { DatasetHead } from './dataset-head.js'
import { ItemPanel } from './item-panel.js'
import { ItemTable } from './item-table.js'
import '../../styles/lists.css'
import '../../styles/dataset.css'

/** A dataset: its items, where they come from, and the way out as a file. */
export function DatasetPage({ id: name }: PageProps): VNode {
  const path = `/datasets/${encodeURIComponent(name)}`
  const { answer, failure } = useAnswer<DatasetAnswer>(() => path, name)
  const [more, setMore] = useState<readonly ItemRow[]>([])
  useEffect(() => {
    document.title = `${name} · Axion`
    setMore([])
  }, [name])
  const known = new Set(answer?.items.map(({ id }) => id))
  const items = [...(answer?.items ?? []), ...more.filter(({ id }) => !known.has(id))]
  const open = place.value.params.get('item') ?? ''
  // Stepping changes what is seen, not where the reader is: Back leads to the list.
  const show = (id: string): void => go(withParams(place.value, { item: id === '' ? [] : [id] }), 'replace')
  const step = (by: number): void => {
    const at = items.findIndex(({ id }) => id === (place.peek().params.get('item') ?? ''))
    show(items[Math.max(0, Math.min(at + by, items.length - 1))]?.id ?? '')
  }
  useRowKeys({
    count: 0,
    open: () => undefined,
    more: {
      j: () => step(1),
      k: () => step(-1),
      Escape: () => {
        if (place.peek().params.has('item')) show('')
        else go('/datasets')
      },
    },
  })
  if (failure !== '') {
    return (
      <section class="message">
        <h1>Cannot show this dataset</h1>
        <p>{failure}</p>
        <p>
          <a href="/datasets">All datasets</a>
        </p>
      </section>
    )
  }
  if (answer === undefined) return <p class="note">Loading…</p>
  const loadMore = async (): Promise<void> => {
    const page = await getJson<DatasetAnswer>(`${path}?skip=${items.length}`).catch(() => undefined)
    if (page !== undefined) setMore([...more, ...page.items])
  }
  return (
    <div class="list-page dataset-page" data-open={open !== ''}>
      <DatasetHead answer={answer} />
      {items.length === 0 ? (
        <section class="message">
          <h2>No items yet</h2>
          <p>
            Open a <a href="/">trace</a>, press <b>Add to dataset</b>, and choose this one.
          </p>
        </section>
      ) : (
        <div class="dataset-panes">
          <ItemTable items={items} open={open} hasMore={items.length < answer.total} onMore={() => void loadMore()} />
          {open !== '' && <ItemPanel id={open} onClose={() => show('')} />}
        </div>
      )}
    </div>
  )
}
