import { describeConditions } from './condition-contract.fixture.js'
import { STORE_ADAPTERS } from './store-adapters.fixture.js'
import { describeStore } from './store-contract.fixture.js'

for (const [name, open] of STORE_ADAPTERS) {
  describeStore(name, open)
  describeConditions(name, open)
}
