import type { DatasetRow } from '../viewer/dataset-row.js'
import { maxOf } from './extremes.js'
import { groupBy } from './group-by.js'
import { isValidAt } from './memory-dataset-store.js'
import type { MemoryRows } from './memory-tables.js'
import { firstOf } from './page-of.js'
import { ascending } from './row-order.js'

/**
 * Lists datasets, the one that was changed last first.
 *
 * @param rows Everything that is stored.
 * @param limit How many at most.
 * @returns The datasets.
 */
export function listMemoryDatasets({ datasets, itemVersions }: MemoryRows, limit: number): DatasetRow[] {
  const current = [...itemVersions.values()].flat().filter((version) => isValidAt(version, undefined))
  const byDataset = groupBy(current, ({ item }) => item.datasetId)
  const found = [...datasets.values()].map(({ id, name, description, updatedAtMillis }) => {
    const items = byDataset.get(id) ?? []
    return {
      ...{ id, name, description: description ?? '' },
      itemCount: items.filter(({ item }) => item.status === 'ACTIVE').length,
      updatedMillis: Math.max(updatedAtMillis, maxOf(items.map(({ validFromMillis }) => validFromMillis)), 0),
    }
  })
  return firstOf(found.sort(LAST_CHANGED), limit)
}

const LAST_CHANGED = ascending<DatasetRow>(
  ({ updatedMillis }) => -updatedMillis,
  ({ name }) => name,
)
