import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { SearchBox } from '../../controls/search-box.js'
import { fullTime, shortTime } from '../../format/times.js'
import { visibleText } from '../../format/visible-text.js'
import { go, place } from '../../router/location.js'
import { useAnswer } from '../../server/use-answer.js'
import { useRowKeys } from '../../use-row-keys.js'
import { NoDatasets } from './no-datasets.js'
import '../../styles/lists.css'

/** A dataset as `GET /viewer/api/dataset-rows` gives it. */
interface DatasetRow {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly itemCount: number
  readonly updatedMillis: number
}

/** The datasets, the one that was changed last first. */
export function DatasetsPage(): VNode {
  const text = (place.value.params.get('q') ?? '').trim().toLowerCase()
  const { answer, failure } = useAnswer<{ datasets: readonly DatasetRow[] }>(() => '/dataset-rows', '')
  useEffect(() => {
    document.title = 'Datasets · Axion'
  }, [])
  const all = answer?.datasets ?? []
  const rows = all.filter(({ name, description }) => `${name}\n${description}`.toLowerCase().includes(text))
  const selected = useRowKeys({
    count: rows.length,
    open: (index) => go(datasetAddress(rows[index]?.name ?? '')),
    leave: () => {
      if (text !== '') go('/datasets')
    },
  })
  if (answer !== undefined && all.length === 0) return <NoDatasets />
  return (
    <div class="list-page">
      <header class="page-head">
        <h1>Datasets</h1>
        <SearchBox placeholder="Search names and descriptions" />
      </header>
      {failure !== '' && (
        <p class="note error" role="alert">
          {failure}
        </p>
      )}
      {answer !== undefined && rows.length === 0 ? (
        <section class="message">
          <h2>No dataset matches</h2>
          <p>
            <a href="/datasets">Clear the search</a>
          </p>
        </section>
      ) : (
        <section
          class="list-scroller"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label="List of datasets"
          aria-busy={answer === undefined}
        >
          <table class="list datasets">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Description</th>
                <th scope="col" class="number">
                  Items
                </th>
                <th scope="col">Changed</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={row.id} data-selected={index === selected}>
                  <td class="main">
                    <a href={datasetAddress(row.name)}>{visibleText(row.name)}</a>
                  </td>
                  <td class="wide payload-line">{visibleText(row.description)}</td>
                  <td class="number" data-label="items">
                    {row.itemCount.toLocaleString('en')}
                  </td>
                  <td>
                    <time dateTime={new Date(row.updatedMillis).toISOString()} title={fullTime(row.updatedMillis)}>
                      {shortTime(row.updatedMillis, Date.now())}
                    </time>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  )
}

function datasetAddress(name: string): string {
  return `/datasets/${encodeURIComponent(name)}`
}
