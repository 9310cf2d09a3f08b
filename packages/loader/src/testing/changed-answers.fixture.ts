import { LoaderError } from '../loader-error.js'

/**
 * Uses an answer with every value in it changed, one at a time. How often each outcome came; anything but a value or a LoaderError is
 * rethrown.
 */
export function tryEveryChange(body: unknown, use: (body: unknown) => void): { read: number; refused: number } {
  const outcomes = { read: 0, refused: 0 }
  for (const path of placesOf(body)) {
    for (const strange of STRANGE) {
      try {
        use(changed(body, path, strange))
        outcomes.read += 1
      } catch (error) {
        if (!(error instanceof LoaderError) || error.code !== 'invalid_response')
          throw new Error(`${path.join('.')} = ${JSON.stringify(strange)?.slice(0, 60)}`, { cause: error })
        outcomes.refused += 1
      }
    }
  }
  return outcomes
}

// Whatever may stand where something else is expected: every JSON type, empty and large, and text that looks like something.
const STRANGE: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  '',
  ' ',
  'x',
  'null',
  '7',
  '{"question":{"question":{}}}',
  '[[[[[[[[[[]]]]]]]]]]',
  '2026-11-23',
  '9999-99-99T99:99:99Z',
  'x'.repeat(10_000),
  [],
  [null],
  [[]],
  {},
  { a: { b: {} } },
  { toString: null, valueOf: 1, constructor: 'x' },
  JSON.parse('{"__proto__":{"polluted":true}}'),
  undefined,
]

type Path = readonly (string | number)[]

/** Every place in a JSON value. */
function* placesOf(value: unknown, path: Path = []): Generator<Path> {
  yield path
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value))
    yield* placesOf(inner, [...path, Array.isArray(value) ? Number(key) : key])
}

/** A copy with one place changed; `undefined` takes it away. */
function changed(value: unknown, path: Path, strange: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return strange
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? changed(item, rest, strange) : item))
  return Object.fromEntries(
    Object.entries(Object(value)).map(([key, inner]) => [key, key === step ? changed(inner, rest, strange) : inner]),
  )
}
