import { expect, it } from 'vitest'
import { findTarget } from './find-target.js'

it.each([
  ['/app/node_modules/openai/resources/embeddings.js', 'openai', 'resources/embeddings.js'],
  [
    'file:///app/node_modules/openai/resources/chat/completions/completions.mjs',
    'openai',
    'resources/chat/completions/completions.mjs',
  ],
  ['C:\\app\\node_modules\\openai\\resources\\embeddings.js', 'openai', 'resources/embeddings.js'],
  [
    '/app/node_modules/.pnpm/openai@6.1.0/node_modules/openai/resources/embeddings.mjs',
    'openai',
    'resources/embeddings.mjs',
  ],
  ['/app/node_modules/x/node_modules/@anthropic-ai/sdk/resources/messages.js', 'anthropic', 'resources/messages.js'],
  ['/app/node_modules/@google/genai/dist/node/index.cjs', 'google-genai', 'dist/node/index.cjs'],
])('findTarget() knows %s', (path, name, file) => {
  expect(findTarget(path)).toMatchObject({ target: { name }, file })
})

it.each([
  '',
  '/app/openai/resources/embeddings.js',
  '/app/node_modules/openai/resources/embeddings.js/x.js',
  '/app/node_modules/openai/index.js',
  '/app/node_modules/openai-edge/resources/embeddings.js',
  '/app/node_modules/@other/openai/resources/embeddings.js',
  '/app/node_modules/openai/node_modules/other/resources/embeddings.js',
  'node:fs',
])('findTarget() leaves %j alone', (path) => {
  expect(findTarget(path)).toBeUndefined()
})
