import type { VNode } from 'preact'
import { counted } from '../../format/numbers.js'
import { visibleText } from '../../format/visible-text.js'
import { useAnswer } from '../../server/use-answer.js'
import type { DatasetAnswer } from './dataset-data.js'

const FORMATS = [
  ['jsonl', 'JSONL'],
  ['csv', 'CSV'],
  ['parquet', 'Parquet'],
] as const

/** What a dataset is, what was tried on it, and its files. */
export function DatasetHead({ answer: { dataset, total } }: { readonly answer: DatasetAnswer }): VNode {
  const { answer: tried } = useAnswer<{ experiments: readonly unknown[] }>(
    () => `/experiments?${new URLSearchParams({ dataset: dataset.id })}`,
    dataset.id,
  )
  const experiments = tried?.experiments.length ?? 0
  return (
    <header class="entity-head">
      <div class="entity-title">
        <a class="back" href="/datasets" aria-label="Back to the datasets">
          ←
        </a>
        <h1>{visibleText(dataset.name)}</h1>
        <span class="spacer" />
        {total > 0 && (
          <span class="exports">
            <span class="quiet">Export</span>
            {FORMATS.map(([format, label]) => (
              <a
                key={format}
                class="button"
                href={`/viewer/api/datasets/${encodeURIComponent(dataset.name)}/export?format=${format}`}
                download=""
              >
                {label}
              </a>
            ))}
          </span>
        )}
      </div>
      <p class="entity-facts number">
        <span>{counted(total, 'item')}</span>
        {experiments > 0 && (
          <a href={`/experiments?${new URLSearchParams({ dataset: dataset.id })}`}>
            {counted(experiments, 'experiment')}
          </a>
        )}
        {dataset.description !== null && <span>{visibleText(dataset.description)}</span>}
      </p>
    </header>
  )
}
