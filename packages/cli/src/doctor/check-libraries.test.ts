import { TARGETS } from '@axion/register/doctor'
import { describe, expect, it } from 'vitest'
import { checkLibraries } from './check-libraries.js'

describe('checkLibraries()', () => {
  it('checkLibraries() tells packages of one library apart', () => {
    const nothing = { processes: [], outcome: { kind: 'ended', code: 0, signal: null } } as const
    const libraries = TARGETS.map((target) => ({ target, installed: undefined }))
    const findings = checkLibraries(libraries, { esm: nothing, commonjs: nothing })
    const rows = findings.map(({ check, text }) => `${check} ${text}`)
    expect(new Set(rows).size).toBe(rows.length)
    expect(rows).toContain('openai not installed')
    expect(rows).toContain('mcp @modelcontextprotocol/sdk not installed')
  })
})
