import type { Dataset } from '../../model/dataset.js'
import type { DatasetItem } from '../../model/dataset-item.js'
import type { DatasetItemQuery, DatasetStore } from '../dataset-store.js'
import type { PageRange, StoredPage } from '../stored-page.js'
import { maxOf } from './extremes.js'
import type { ItemVersion, MemoryTables } from './memory-tables.js'
import { pageOf } from './page-of.js'
import { requireWholeMillis } from './require-whole-millis.js'
import { ascending } from './row-order.js'
import { jsonCopy, storedText } from './stored-copy.js'

/** Datasets in memory. */
export class MemoryDatasetStore implements DatasetStore {
  private readonly tables: MemoryTables

  /** @param tables Where they are kept. */
  constructor(tables: MemoryTables) {
    this.tables = tables
  }

  putDataset(dataset: Dataset): void {
    requireWholeMillis(dataset, ['createdAtMillis', 'updatedAtMillis'])
    const stored = storedDataset(dataset)
    const taken = this.findDataset(stored.name)
    if (taken !== undefined && taken.id !== stored.id) {
      throw new Error('Cannot store a dataset: found another of the same name, expected none')
    }
    this.tables.rows.datasets.set(stored.id, stored)
  }

  findDataset(name: string): Dataset | undefined {
    return [...this.tables.rows.datasets.values()].find((dataset) => dataset.name === storedText(name))
  }

  findDatasets(range: PageRange): StoredPage<Dataset> {
    return pageOf([...this.tables.rows.datasets.values()], NEWEST_FIRST, range)
  }

  putItem(item: DatasetItem): void {
    requireWholeMillis(item, ['createdAtMillis'])
    const { itemVersions } = this.tables.rows
    const stored = storedItem(item)
    // Two versions of one millisecond would be one and the same.
    const newest = maxOf((itemVersions.get(stored.id) ?? []).map(({ validFromMillis }) => validFromMillis))
    const validFromMillis = Math.max(stored.createdAtMillis, newest + 1)
    this.deleteItem(stored.id, validFromMillis)
    const earlier = itemVersions.get(stored.id) ?? []
    itemVersions.set(stored.id, [...earlier, { item: stored, validFromMillis, validToMillis: undefined }])
  }

  findItem(id: string, asOfMillis?: number): DatasetItem | undefined {
    const versions = this.tables.rows.itemVersions.get(storedText(id)) ?? []
    return this.versionsAt(asOfMillis, versions)[0]?.item
  }

  findItems(query: DatasetItemQuery, range: PageRange): StoredPage<DatasetItem> {
    const wanted = (['datasetId', 'sourceTraceId', 'sourceObservationId'] as const).flatMap((field) => {
      const value = query[field]
      return value === undefined ? [] : [{ field, value: storedText(value) }]
    })
    const found = this.versionsAt(query.asOfMillis).filter(
      ({ item }) => item.status === query.status && wanted.every(({ field, value }) => item[field] === value),
    )
    const { rows, total } = pageOf(found, LAST_WRITTEN_FIRST, range)
    return { rows: rows.map(({ item }) => item), total }
  }

  deleteItem(id: string, nowMillis: number): void {
    const { itemVersions } = this.tables.rows
    const versions = itemVersions.get(storedText(id)) ?? []
    const ended = versions.map((version) => ({ ...version, validToMillis: version.validToMillis ?? nowMillis }))
    if (ended.length > 0) itemVersions.set(storedText(id), ended)
  }

  /** The versions that held then, with the names that their datasets have now. */
  private versionsAt(
    millis: number | undefined,
    versions: readonly ItemVersion[] = [...this.tables.rows.itemVersions.values()].flat(),
  ): ItemVersion[] {
    const { datasets } = this.tables.rows
    return versions
      .filter((version) => isValidAt(version, millis))
      .map((version) => {
        const datasetName = datasets.get(version.item.datasetId)?.name ?? version.item.datasetName
        return { ...version, item: { ...version.item, datasetName } }
      })
  }
}

/**
 * Whether a version of an item held.
 *
 * @param version The version.
 * @param millis When; undefined for now.
 * @returns Whether it did.
 */
export function isValidAt({ validFromMillis, validToMillis }: ItemVersion, millis: number | undefined): boolean {
  if (millis === undefined) return validToMillis === undefined
  return validFromMillis <= millis && (validToMillis === undefined || validToMillis > millis)
}

/** Texts that are looked up are stored as all text is; JSON that nobody looks into stays as it came. */
function storedDataset(dataset: Dataset): Dataset {
  const { name, description, metadata, inputSchema, expectedOutputSchema } = dataset
  return {
    ...dataset,
    name: storedText(name),
    description: description === null ? null : storedText(description),
    metadata: jsonCopy(metadata),
    inputSchema: jsonCopy(inputSchema),
    expectedOutputSchema: jsonCopy(expectedOutputSchema),
  }
}

function storedItem(item: DatasetItem): DatasetItem {
  const { id, sourceTraceId, sourceObservationId, input, expectedOutput, metadata } = item
  return {
    ...item,
    id: storedText(id),
    sourceTraceId: sourceTraceId === null ? null : storedText(sourceTraceId),
    sourceObservationId: sourceObservationId === null ? null : storedText(sourceObservationId),
    input: jsonCopy(input),
    expectedOutput: jsonCopy(expectedOutput),
    metadata: jsonCopy(metadata),
  }
}

const NEWEST_FIRST = ascending<Dataset>(
  ({ createdAtMillis }) => -createdAtMillis,
  ({ id }) => id,
)

const LAST_WRITTEN_FIRST = ascending<ItemVersion>(
  ({ validFromMillis }) => -validFromMillis,
  ({ item }) => item.id,
)
