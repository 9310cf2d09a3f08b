import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryDirectory } from '../test-server.fixture.js'
import { describeCommentStore } from './comment-store-contract.fixture.js'
import { describeMediaStore } from './media-store-contract.fixture.js'
import { MemoryCommentStore, MemoryMediaStore, MemoryPromptStore } from './memory-stores.fixture.js'
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
describeMediaStore('openSqliteStore()', () => open().media)
describeMediaStore('MemoryMediaStore', () => new MemoryMediaStore())
