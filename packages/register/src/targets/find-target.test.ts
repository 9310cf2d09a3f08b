import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
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

describe('findTarget() of packages that are there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'axion-find-target-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  /** @returns The path of a file in it, which need not exist. */
  function install(alias: string, manifest: string | undefined, file: string): string {
    const root = join(folder, 'node_modules', alias)
    mkdirSync(root, { recursive: true })
    if (manifest !== undefined) writeFileSync(join(root, 'package.json'), manifest)
    return join(root, file)
  }

  it.each([
    ['an alias', 'my-openai', '{"name":"openai","version":"6.1.0"}', 'openai', '6.1.0'],
    ['an alias in a scope', '@my/openai', '{"name":"openai","version":"6.1.0"}', 'openai', '6.1.0'],
    ['no version', 'a', '{"name":"openai"}', 'openai', ''],
    ['a version that is none', 'b', '{"name":"openai","version":6}', 'openai', ''],
    ['no name, in its own folder', 'openai', '{"version":"6.1.0"}', 'openai', '6.1.0'],
  ])('knows one with %s', (_, alias, manifest, name, version) => {
    const path = install(alias, manifest, 'resources/embeddings.js')
    const root = join(folder, 'node_modules', alias)
    expect(findTarget(path)).toMatchObject({ target: { name }, version, root, file: 'resources/embeddings.js' })
    expect(findTarget(pathToFileURL(path).href)).toMatchObject({ target: { name }, version })
  })

  it.each([
    ['another name in the folder of a library', 'openai', '{"name":"@acme/openai","version":"6.1.0"}'],
    ["another library's name, which has no such file", 'c', '{"name":"ai","version":"6.1.0"}'],
    ['no package.json', 'd', undefined],
    ['a broken one', 'e', '{"name":"openai"'],
    ['none but null', 'f', 'null'],
    ['a list for one', 'g', '["openai"]'],
    ['a name that is none', 'h', '{"name":{"openai":1}}'],
  ])('leaves one alone with %s', (_, alias, manifest) => {
    expect(findTarget(install(alias, manifest, 'resources/embeddings.js'))).toBeUndefined()
  })
})
