import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Dataset, writeFineTuning } from '@axion/loader'
import { chat, DIALOGUES } from './chat.js'
import { conversationsOf } from './conversations-of.js'
import { withLangfuse } from './with-langfuse.js'

// Sessions become conversations, with the tools that were called in them, and these a file to fine-tune a model with.
await withLangfuse(async ({ connection, folder, flush }) => {
  await chat(DIALOGUES)
  await flush()

  const path = join(folder, 'conversations.jsonl')
  await (await conversationsOf(connection)).toJsonl(path)
  const dataset = await Dataset.readJsonl(path, { name: 'conversations' })
  // The session that was last alive comes first.
  assert.deepEqual(
    dataset.items.map(({ id, metadata }) => [id, metadata.userId]),
    [
      ['greeting', 'grace'],
      ['order-17', 'ada'],
    ],
  )
  const order = dataset.at(1)
  assert.equal(order?.query, 'Thank you!')
  assert.equal(order.actualOutput, 'You said: Thank you!')
  assert.deepEqual(
    order.conversation.map(({ role, content, toolCalls }) => [role, content, toolCalls.map(({ input }) => input)]),
    [
      ['user', 'Where is my order 17?', []],
      ['assistant', 'Order 17 is on its way.', [{ order: '17' }]],
      ['user', 'And order 18?', []],
      ['assistant', 'Order 18 has arrived.', [{ order: '18' }]],
    ],
  )

  const examples = join(folder, 'fine-tuning.jsonl')
  assert.equal((await writeFineTuning(examples, dataset.items)).items, 2)
  const roles = (await readFile(examples, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).messages.map(({ role }: { role: string }) => role))
  assert.deepEqual(roles[0], ['user', 'assistant'])
  assert.equal(roles[1]?.at(-2), 'user')
  console.log(
    `${dataset.length} sessions became conversations of ${roles.map((all) => all.length).join(' and ')} messages`,
  )
})
