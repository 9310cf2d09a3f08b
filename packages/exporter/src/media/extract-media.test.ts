import { createHash } from 'node:crypto'
import { LangfuseMedia } from '@langfuse/core'
import { type Attributes, context } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'
import { expect, it } from 'vitest'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
import { endedSpans } from '../ended-spans.fixture.js'
import { asIs } from '../map/to-outgoing.js'
import { extractMedia, type MediaGate } from './extract-media.js'

const OPEN: MediaGate = { admits: () => true, maskFile: undefined }
const CLOSED: MediaGate = { admits: () => false, maskFile: undefined }
const BYTES = Buffer.from('a picture, of sorts')
const BASE64 = BYTES.toString('base64')

function spanWith(attributes: Attributes): OutgoingSpan {
  const [span] = endedSpans(1, attributes)
  if (!span) throw new Error('there is no span')
  return asIs(span)
}

async function tagOf(source: 'base64_data_uri' | 'bytes'): Promise<string> {
  const tag = await context.with(suppressTracing(context.active()), () =>
    new LangfuseMedia(
      source === 'bytes'
        ? { source, contentBytes: BYTES, contentType: 'image/png' }
        : { source, base64DataUri: `data:image/png;base64,${BASE64}` },
    ).getTag(),
  )
  return String(tag)
}

const FILE = { type: 'file', mediaType: 'image/png', data: BASE64 }
const BLOB = { type: 'blob', mime_type: 'image/png', content: BASE64 }

it.each<[string, string, (data: string) => string, 'base64_data_uri' | 'bytes', string]>([
  ['a data URI', 'langfuse.observation.input', (data) => `see ${data}!`, 'base64_data_uri', 'input'],
  ['a data URI in JSON', 'langfuse.trace.output', (data) => JSON.stringify({ a: [data] }), 'base64_data_uri', 'output'],
  ['a data URI in metadata', 'langfuse.observation.metadata.x', (data) => data, 'base64_data_uri', 'metadata'],
  ['a file part', 'ai.prompt.messages', (data) => JSON.stringify([{ content: [{ ...FILE, data }] }]), 'bytes', 'input'],
  [
    'an image part',
    'ai.prompt',
    (data) => JSON.stringify([{ content: [{ ...FILE, data: '', image: data }] }]),
    'bytes',
    'input',
  ],
  [
    'a blob part',
    'gen_ai.output.messages',
    (data) => JSON.stringify([{ parts: [{ ...BLOB, content: data }] }]),
    'bytes',
    'output',
  ],
])('extractMedia() refers to %s as @langfuse/core does', async (_what, key, textWith, source, field) => {
  const data = source === 'bytes' ? BASE64 : `data:image/png;base64,${BASE64}`
  const span = spanWith({ [key]: textWith(data) })
  const { attributes, media } = extractMedia(span, span.attributes, OPEN)
  expect(attributes).toEqual({ [key]: textWith(await tagOf(source)) })
  expect(media).toMatchObject([{ contentType: 'image/png', field, traceId: span.context.traceId }])
  expect(Buffer.from(media[0]?.bytes ?? []).equals(BYTES)).toBe(true)
})

it.each<[string, string, string]>([
  ['an address', 'ai.prompt.messages', JSON.stringify([{ content: [{ ...FILE, data: 'https://example.com/a.png' }] }])],
  ['what is not JSON', 'ai.prompt', `${BASE64} "mediaType"`],
  ['null where messages are', 'gen_ai.input.messages', '[null, {"parts": null}, {"parts": [null, 5]}]'],
  ['a part without a type', 'gen_ai.input.messages', JSON.stringify([{ parts: [{ type: 'blob', content: BASE64 }] }])],
  ['a type that is longer than types are', 'langfuse.observation.input', `data:${'a'.repeat(256)};base64,${BASE64}`],
  ['a data URI of nothing', 'langfuse.observation.input', 'data:image/png;base64,='],
])('extractMedia() leaves %s as it is', (_what, key, text) => {
  const span = spanWith({ [key]: text })
  expect(extractMedia(span, span.attributes, OPEN)).toEqual({ attributes: { [key]: text }, media: [], leftOut: 0 })
})

it('extractMedia() takes a file that is there twice once, and refers to it twice', () => {
  const uri = `data:image/png;base64,${BASE64}`
  const span = spanWith({ 'langfuse.observation.input': `${uri} ${uri}` })
  const { attributes, media } = extractMedia(span, span.attributes, OPEN)
  expect(media).toHaveLength(1)
  expect(String(attributes['langfuse.observation.input']).match(/@@@langfuseMedia/g)).toHaveLength(2)
})

it.each<[string, string, string, string]>([
  ['a blob part', 'gen_ai.input.messages', JSON.stringify([{ parts: [BLOB] }]), 'content'],
  ['a file part', 'ai.prompt.messages', JSON.stringify([{ content: [FILE] }]), 'data'],
  ['a data URI', 'langfuse.observation.input', `data:image/png;base64,${BASE64}`, ''],
])('extractMedia() leaves a mark of %s that is not admitted', (_what, key, text) => {
  const span = spanWith({ [key]: text })
  const { attributes, media, leftOut } = extractMedia(span, span.attributes, CLOSED)
  expect(attributes[key]).toContain(`<image/png, ${BYTES.byteLength} bytes, not uploaded>`)
  expect(attributes[key]).not.toContain(BASE64)
  expect({ media, leftOut }).toEqual({ media: [], leftOut: 1 })
})

it('extractMedia() changes nothing beside a blob part whose content is a word that stands elsewhere', () => {
  const text = { type: 'text', content: 'text text' }
  const message = { role: 'user', parts: [text, { ...BLOB, content: 'text' }, { type: 'text', content: 'text' }] }
  const span = spanWith({ 'gen_ai.input.messages': JSON.stringify([message]) })
  const { attributes } = extractMedia(span, span.attributes, OPEN)
  const [{ parts }] = JSON.parse(String(attributes['gen_ai.input.messages']))
  expect(parts[0]).toEqual(text)
  expect(parts[1]).toMatchObject({ type: 'blob', content: expect.stringMatching(/^@@@langfuseMedia:/) })
  expect(parts[2]).toEqual({ type: 'text', content: 'text' })
})

// Quadratic ways took ten and forty seconds for these, linear ones take a fraction of one: only the first come near the limit.
it.each<[string, string, string]>([
  ['beginnings of data URIs', 'langfuse.observation.input', `;base64, ${'data:'.repeat(200_000)}`],
  [
    'blob parts',
    'gen_ai.input.messages',
    JSON.stringify([
      { parts: Array.from({ length: 40_000 }, (_, n) => ({ ...BLOB, content: `${n}`.padStart(8, 'A') })) },
    ]),
  ],
])('extractMedia() reads many %s once', (_what, key, text) => {
  const span = spanWith({ [key]: text })
  expect(Object.keys(extractMedia(span, span.attributes, OPEN).attributes)).toEqual([key])
})

it('extractMedia() names a file by what masking made of it', () => {
  const span = spanWith({ 'langfuse.observation.input': `data:text/plain;base64,${BASE64}` })
  const masked = Buffer.from('masked')
  const asked: unknown[] = []
  const { media } = extractMedia(span, span.attributes, {
    admits: () => true,
    maskFile: (bytes, contentType, place) => {
      asked.push([String(bytes), contentType, place])
      return masked
    },
  })
  expect(asked).toEqual([[String(BYTES), 'text/plain', { key: 'langfuse.observation.input', spanName: span.name }]])
  expect(media[0]).toMatchObject({ bytes: masked, sha256: createHash('sha256').update(masked).digest('base64') })
})
