import { describeConditions } from './condition-contract.fixture.js'
import { describeExperiments } from './experiment-contract.fixture.js'
import { describeLegacyStore } from './legacy-store-contract.fixture.js'
import { describeScores } from './score-contract.fixture.js'
import { STORE_ADAPTERS } from './store-adapters.fixture.js'
import { describeStore } from './store-contract.fixture.js'
import { describeStoredText } from './stored-text-contract.fixture.js'

for (const [name, open] of STORE_ADAPTERS) {
  describeStore(name, open)
  describeStoredText(name, open)
  describeConditions(name, open)
  describeScores(name, open)
  describeExperiments(name, open)
  describeLegacyStore(name, open)
}
