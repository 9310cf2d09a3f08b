import { describe, expect, it } from 'vitest'
import { openaiScript } from './openai-script.js'
import { traceProgram } from './trace-program.js'

// Beside what the programs of each library print: all else that can show an application that there is something in between.
describe('an application under --import @axion/register', () => {
  it.each(['client', 'modules', 'processes'])('sees of its %s what it sees without it, byte for byte', async (name) => {
    const { plain, traced } = await traceProgram([`programs/unharmed-${name}.mjs`], openaiScript)
    expect(plain).toMatchObject({ code: 0, stderr: '' })
    expect(plain.stdout.split('\n').length).toBeGreaterThan(7)
    expect(traced).toEqual(plain)
  })
})
