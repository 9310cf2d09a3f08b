import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runNode } from '../run-node.js'
import { temporaryFolder } from '../temporary-folder.js'
import { openaiScript } from './openai-script.js'
import { traceProgram } from './trace-program.js'

const HOOK = new URL(import.meta.resolve('@axion/register')).href

// Beside what the programs of each library print: all else that can show an application that there is something in between.
describe('an application under --import @axion/register', () => {
  it.each(['client', 'modules', 'processes'])('sees of its %s what it sees without it, byte for byte', async (name) => {
    const { plain, traced } = await traceProgram([`programs/unharmed-${name}.mjs`], openaiScript)
    expect(plain).toMatchObject({ code: 0, stderr: '' })
    expect(plain.stdout.split('\n').length).toBeGreaterThan(7)
    expect(traced).toEqual(plain)
  })

  // As those of openai 7, which wants a later Node than some: an error that is handled once must not count as one that nobody handles.
  it.each(['refused', 'answered'])('handles requests that share a response as it does without it: %s', async (how) => {
    const program = await sharedResponse(how)
    const plain = await runNode([program])
    const traced = await runNode(['--import', HOOK, program], { env: { TRACING_MODE: 'console' } })
    expect(plain).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(`derived ${how}`) })
    expect(traced).toMatchObject({ code: 0, stdout: plain.stdout, stderr: expect.stringContaining('openai.chat') })
  })
})

/** A program with a client of the shape of openai's, two requests of which wait for one response. */
async function sharedResponse(how: string): Promise<string> {
  const folder = await temporaryFolder()
  const root = join(folder, 'node_modules/openai')
  const file = 'resources/chat/completions.mjs'
  await mkdir(join(root, 'resources/chat'), { recursive: true })
  await writeFile(
    join(root, 'package.json'),
    JSON.stringify({ name: 'openai', version: '7.0.0', exports: `./${file}` }),
  )
  const response = how === 'refused' ? "Promise.reject(new Error('refused'))" : "Promise.resolve('answered')"
  await writeFile(
    join(root, file),
    `class Request extends Promise {
      static get [Symbol.species]() { return Promise }
      constructor(response, parse) { super((resolve) => resolve(null)); Object.assign(this, { responsePromise: response, parseResponse: parse }) }
      parse() { return this.responsePromise.then((response) => this.parseResponse(response)) }
      asResponse() { return this.responsePromise.then((response) => response) }
      then(...handlers) { return this.parse().then(...handlers) }
    }
    const request = (response, parse) =>
      Object.assign(new Request(response, parse), { _thenUnwrap: (map) => request(response, async (value) => map(await parse(value))) })
    export class Completions { create() { return request(${response}, async (value) => value) } }`,
  )
  const program = join(folder, 'program.mjs')
  await writeFile(
    program,
    `import { Completions } from 'openai'
    const show = (name, request) => request.then((value) => console.log(name, value), (error) => console.log(name, error.message))
    const first = new Completions().create()
    await show('derived', first._thenUnwrap((value) => value))
    await show('first', first)
    await show('derived alone', new Completions().create()._thenUnwrap((value) => value))`,
  )
  return program
}
