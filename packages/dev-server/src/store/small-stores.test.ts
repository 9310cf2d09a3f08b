import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryDirectory } from '../test-server.fixture.js'
import { describeCommentStore } from './comment-store-contract.fixture.js'
import { describeDatasetRunStore } from './dataset-run-store-contract.fixture.js'
import { describeMediaStore } from './media-store-contract.fixture.js'
import { MemoryDatasetRunStore } from './memory-dataset-run-store.fixture.js'
import { MemoryModelStore } from './memory-model-store.fixture.js'
import { MemoryCommentStore, MemoryMediaStore, MemoryPromptStore } from './memory-stores.fixture.js'
import { describeModelStore } from './model-store-contract.fixture.js'
import { describePromptStore } from './prompt-store-contract.fixture.js'
import { openSqliteStore } from './sqlite-store.js'
import type { Store } from './store.js'

function open(): Store {
  const store = openSqliteStore(join(temporaryDirectory(), 'axion.db'))
  onTestFinished(() => store.close())
  return store
}

describePromptStore('openSqliteStore()', () => open().prompts)
describePromptStore('MemoryPromptStore', () => new MemoryPromptStore())
describeCommentStore('openSqliteStore()', () => open().comments)
describeCommentStore('MemoryCommentStore', () => new MemoryCommentStore())
describeModelStore('openSqliteStore()', () => open().models)
describeModelStore('MemoryModelStore', () => new MemoryModelStore())
describeMediaStore('openSqliteStore()', () => open().media)
describeMediaStore('MemoryMediaStore', () => new MemoryMediaStore())

describeDatasetRunStore('openSqliteStore()', () => {
  const { datasets, datasetRuns } = open()
  const rest = { description: null, metadata: null, inputSchema: null, expectedOutputSchema: null }
  datasets.putDataset({ ...rest, id: 'd1', name: 'dataset', createdAtMillis: 1, updatedAtMillis: 1 })
  return datasetRuns
})
describeDatasetRunStore('MemoryDatasetRunStore', () => new MemoryDatasetRunStore())
