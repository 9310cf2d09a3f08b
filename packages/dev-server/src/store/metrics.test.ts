import { describeLegacyMetrics } from './legacy-metric-contract.fixture.js'
import { describeMetrics } from './metric-contract.fixture.js'
import { STORE_ADAPTERS } from './store-adapters.fixture.js'

for (const [name, open] of STORE_ADAPTERS) {
  describeMetrics(name, open)
  describeLegacyMetrics(name, open)
}
