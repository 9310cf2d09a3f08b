import { afterEach, describe, expect, it } from 'vitest'
import { childRow, rootRow } from './testing/rows.fixture.js'
import { type Rig, startLoader } from './testing/start-loader.fixture.js'

const open: Rig[] = []
afterEach(async () => {
  for (const rig of open.splice(0)) await rig.close()
})

describe('fetchSessions()', () => {
  it('fetchSessions() reads whole sessions, latest first, many a request', async () => {
    const observations = Array.from({ length: 60 }, (_, index) => {
      const session = { sessionId: `s${index % 20}` }
      return [rootRow(`t${index}`, index, session), childRow(`t${index}`, `c${index}`, `t${index}-root`, index)]
    }).flat()
    // Long before the window; and a trace whose child alone names the session.
    observations.push(rootRow('early', -30 * 86_400_000, { sessionId: 's19' }), rootRow('apart', 5))
    observations.push(childRow('apart', 'apart-c', 'apart-root', 6, { sessionId: 's19' }), rootRow('none', 99))
    const rig = await startLoader({ observations })
    open.push(rig)
    const sessions = await rig.loader.fetchSessions({ limit: 3 })
    expect(sessions.map(({ id }) => id)).toEqual(['s19', 's18', 's17'])
    expect(sessions.at(0)?.traces.map(({ id }) => id)).toEqual(['early', 'apart', 't19', 't39', 't59'])
    expect(sessions[1]?.traces.every((trace) => trace.observations.length === 2)).toBe(true)
    expect([sessions.length, sessions.traces.length, [...sessions].length]).toEqual([3, 11, 3])
    expect(sessions.filter(({ length }) => length > 3).map(({ id }) => id)).toEqual(['s19'])
    expect(rig.server.requests.length).toBe(3)
    expect((await rig.loader.fetchSessions()).length).toBe(20)
    expect(await rig.loader.countTraces({ limit: 7 })).toBe(7)
  })

  it('fetchSessions() finds none', async () => {
    const rig = await startLoader({ observations: [rootRow('t', 0)] })
    open.push(rig)
    expect((await rig.loader.fetchSessions()).length).toBe(0)
  })
})
