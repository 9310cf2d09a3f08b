import type { SqlCondition } from '../compile-condition.js'
import type { DatasetRow } from './dataset-row.js'

/**
 * The statement that reads all datasets, the one that was changed last first. There are few: people name them.
 *
 * @param limit How many at most.
 * @returns The SQL, whose rows {@link fromDatasetRowRecord} reads, and the values of its placeholders.
 */
export function selectDatasets(limit: number): SqlCondition {
  return {
    sql: `SELECT datasets.id, datasets.name, coalesce(description, ''), count(items.id) FILTER (WHERE items.status = 'ACTIVE'),
        max(updated_millis, coalesce(max(items.valid_from_millis), 0)) AS changed
      FROM datasets LEFT JOIN dataset_items AS items ON items.dataset_id = datasets.id AND items.valid_to_millis IS NULL
      GROUP BY datasets.id ORDER BY changed DESC, datasets.name LIMIT ?`,
    values: [limit],
  }
}

/**
 * A dataset of the list from its row. The casts are sound because only the server writes these tables, whose columns are STRICT.
 *
 * @param row A row of {@link selectDatasets}, in raw mode.
 * @returns The dataset.
 */
export function fromDatasetRowRecord(row: readonly unknown[]): DatasetRow {
  return {
    id: row[0] as string,
    name: row[1] as string,
    description: row[2] as string,
    itemCount: row[3] as number,
    updatedMillis: row[4] as number,
  }
}
