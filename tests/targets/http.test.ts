import { beforeAll, describe, expect, it } from 'vitest'
import { type Script, sendJson } from './scripted-api.js'
import { type TracedProgram, traceProgram, treeOf } from './trace-program.js'

const script: Script = ({ path }, response) => sendJson(response, { path }, path === '/missing' ? 404 : 200)

const CASES = [
  { title: 'http,undici in a program.mjs', kind: 'mjs', names: 'http,undici' },
  { title: 'http,undici in a program.cjs', kind: 'cjs', names: 'http,undici' },
  { title: 'http,undici, which nobody asked for,', kind: 'mjs', names: '' },
]

describe.each(CASES)('$title under --import @axion/register', ({ kind, names }) => {
  let run: TracedProgram

  beforeAll(async () => {
    const program = [`programs/target-app.${kind}`, './use-http.cjs']
    run = await traceProgram(program, script, { AXION_INSTRUMENTATIONS: names })
  })

  it('the program prints what it prints without it, byte for byte, and ends well', () => {
    expect(run.plain).toMatchObject({ code: 0, stderr: '' })
    expect(run.traced).toEqual(run.plain)
  })

  // Traces of requests that deliver spans would be more than these.
  it('no other request is traced', () => {
    expect([...run.traces.keys()].toSorted()).toEqual(['fetch', 'http', 'not found', 'refused', 'undici'])
  })

  const traced = names === '' ? it.skip : it
  const untraced = names === '' ? it : it.skip

  untraced.each(['fetch', 'undici', 'http'])('%s is not traced unless it is asked for', (name) => {
    expect(treeOf(run.traces.get(name))).toBe(`span ${name}`)
  })

  traced.each(['fetch', 'undici', 'http'])('%s is a span inside that of the application, without the query', (name) => {
    expect(treeOf(run.traces.get(name))).toBe(`span ${name} (span GET 127.0.0.1)`)
    const child = run.traces.get(name)?.observations.find(({ parentId }) => parentId !== null)
    expect(child).toMatchObject({ level: 'DEFAULT' })
    expect(JSON.stringify(child)).toContain('/found')
    expect(JSON.stringify(child)).not.toContain('secret')
  })

  traced.each<[string, string]>([
    ['not found', 'HTTP 404'],
    ['refused', 'ECONNREFUSED'],
  ])('%s is an error, of fetch and of http', (name, message) => {
    const children = run.traces.get(name)?.observations.filter(({ parentId }) => parentId !== null)
    const error = { level: 'ERROR', statusMessage: expect.stringContaining(message) }
    expect(children).toEqual([expect.objectContaining(error), expect.objectContaining(error)])
  })
})
