import type { Random } from '../random.js'
import type { Step, StoryTeller } from '../story.js'

const FILES = ['warranty.md', 'returns.md', 'shipping.md', 'speaker-manual.md', 'camera-manual.md'] as const
const VECTOR_SIZE = 1536

/** A job that reads documents, cuts them up and embeds the parts; the provider's rate limit slows some runs down. */
export const documentIndexing: StoryTeller = (random) => {
  const file = random.pick(FILES)
  const chunks = random.whole(12, 60)
  const batches = Math.ceil(chunks / 20)
  const root: Step = {
    name: 'index-document',
    type: 'chain',
    millis: random.whole(20, 60),
    input: { file },
    output: { chunks, vectors: chunks },
    metadata: { index: 'support-docs' },
    steps: [
      {
        name: 'split',
        type: 'span',
        millis: random.whole(4, 30),
        input: { file, size: 800, overlap: 80 },
        output: { chunks },
      },
      ...Array.from({ length: batches }, (_, batch) => embedBatch(random, batch, Math.min(20, chunks - batch * 20))),
      {
        name: 'upsert',
        type: 'tool',
        millis: random.whole(60, 300),
        input: { vectors: chunks },
        output: { status: 'ok' },
      },
    ],
  }
  return [
    { application: 'docs-indexer', environment: 'production', release: '0.9.4', tags: ['batch'], root, judgements: [] },
  ]
}

function embedBatch(random: Random, batch: number, inputs: number): Step {
  const isLimited = random.happens(0.15)
  return {
    name: 'embed-chunks',
    type: 'embedding',
    millis: random.whole(120, 420) + (isLimited ? 2000 : 0),
    input: { inputs },
    output: { vectors: inputs, dimensions: VECTOR_SIZE },
    call: { model: 'text-embedding-3-small', inputTokens: inputs * random.whole(150, 210) },
    metadata: { batch, attempts: isLimited ? 2 : 1 },
    ...(isLimited ? { level: 'WARNING', message: '429 rate limited: tried again after 2 s' } : {}),
  }
}
