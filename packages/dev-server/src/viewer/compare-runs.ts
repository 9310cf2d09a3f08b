import type { Store } from '../store/store.js'
import type { ExperimentRunItem } from '../store/viewer/experiment-row.js'

/** Items of an experiment that are compared. */
const MAX_ITEMS = 1000

/** Characters of an input that is taken from the dataset. */
const MAX_INPUT_LENGTH = 4000

/** A dataset item and what each experiment made of it. */
export interface ComparedItem {
  readonly itemId: string
  /** Text, often JSON. */
  readonly input: string
  readonly expectedOutput: string
  /** One of each experiment, in their order; null where it did not run the item. */
  readonly cells: readonly (ExperimentRunItem | null)[]
}

/** Experiments side by side. */
export interface Comparison {
  /** In the order of the first experiment, then what only others have. */
  readonly items: readonly ComparedItem[]
  /** Whether an experiment has more items than were read. */
  readonly isCut: boolean
}

/**
 * Lines up the items of experiments. Of an item that an experiment ran more than once the last run counts.
 *
 * @param store Where they are.
 * @param experimentIds Which ones.
 * @returns The items.
 */
export function compareRuns(store: Store, experimentIds: readonly string[]): Comparison {
  const runs = experimentIds.map((id) => store.viewer.findExperimentItems(id, MAX_ITEMS + 1))
  const byItem = runs.map((items) => new Map(items.slice(0, MAX_ITEMS).map((item) => [item.itemId, item])))
  const itemIds = [...new Set(byItem.flatMap((items) => [...items.keys()]))]
  return {
    items: itemIds.map((itemId) => {
      const cells = byItem.map((items) => items.get(itemId) ?? null)
      const first = (field: 'input' | 'expectedOutput'): string =>
        cells.find((cell) => cell !== null && cell[field] !== '')?.[field] ?? ''
      // A task that traces no input still had that of the dataset item.
      return { itemId, input: first('input') || inputOf(store, itemId), expectedOutput: first('expectedOutput'), cells }
    }),
    isCut: runs.some((items) => items.length > MAX_ITEMS),
  }
}

function inputOf(store: Store, itemId: string): string {
  const input = store.datasets.findItem(itemId)?.input ?? ''
  return (typeof input === 'string' ? input : JSON.stringify(input)).slice(0, MAX_INPUT_LENGTH)
}
