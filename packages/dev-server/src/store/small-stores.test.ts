import { describeCommentStore } from './comment-store-contract.fixture.js'
import { describeDatasetRunStore } from './dataset-run-store-contract.fixture.js'
import { describeDatasetStore } from './dataset-store-contract.fixture.js'
import { describeMediaStore } from './media-store-contract.fixture.js'
import { describeModelStore } from './model-store-contract.fixture.js'
import { describePromptStore } from './prompt-store-contract.fixture.js'
import { describeScoreConfigStore } from './score-config-store-contract.fixture.js'
import { STORE_ADAPTERS } from './store-adapters.fixture.js'

for (const [name, open] of STORE_ADAPTERS) {
  describePromptStore(name, () => open().prompts)
  describeCommentStore(name, () => open().comments)
  describeModelStore(name, () => open().models)
  describeScoreConfigStore(name, () => open().scoreConfigs)
  describeMediaStore(name, () => open().media)
  describeDatasetStore(name, () => open().datasets)
  describeDatasetRunStore(name, () => {
    const { datasets, datasetRuns } = open()
    const rest = { description: null, metadata: null, inputSchema: null, expectedOutputSchema: null }
    datasets.putDataset({ ...rest, id: 'd1', name: 'dataset', createdAtMillis: 1, updatedAtMillis: 1 })
    return datasetRuns
  })
}
