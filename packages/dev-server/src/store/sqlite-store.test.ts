import { join } from 'node:path'
import Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../test-server.fixture.js'
import type { ObservationCondition } from './observation-query.js'
import { RECORD_COLUMNS, toRecord } from './observation-record.js'
import { closeDatabase, openDatabase } from './open-database.js'
import { MIGRATIONS } from './schema.js'
import { selectExperiments } from './select-experiments.js'
import { selectObservations } from './select-observations.js'
import { selectTraces } from './select-traces.js'
import { openSqliteStore } from './sqlite-store.js'
import { observation } from './stored-rows.fixture.js'

function path(): string {
  return join(temporaryDirectory(), 'axion.db')
}

describe('openSqliteStore()', () => {
  it('openSqliteStore() opens again at once what was closed, with the data in it', () => {
    const file = path()
    for (const id of ['a', 'b', 'c']) {
      const store = openSqliteStore(file)
      store.putObservations([observation({ id })])
      store.close()
    }
    const store = openSqliteStore(file)
    expect(store.findObservations({ conditions: [], limit: 10, parts: [] }).map(({ id }) => id)).toEqual([
      'c',
      'b',
      'a',
    ])
    store.close()
  })

  it('openSqliteStore() refuses a file that is open, and the refusal leaves no lock behind', () => {
    const file = path()
    const first = openSqliteStore(file)
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(() => openSqliteStore(file)).toThrow(expect.objectContaining({ code: 'store_in_use' }))
    }
    first.close()
    openSqliteStore(file).close()
  })
})

describe('openDatabase()', () => {
  it('openDatabase() brings an empty file to the newest version', () => {
    const db = openDatabase(path())
    expect(db.prepare('PRAGMA user_version').raw().all()).toEqual([[MIGRATIONS.length]])
    closeDatabase(db)
  })

  it('openDatabase() takes a file of the first version further, with what is in it', () => {
    const file = path()
    const older = new Database(file)
    older.exec(`${MIGRATIONS[0]}; PRAGMA user_version = 1`)
    closeDatabase(older)
    const store = openSqliteStore(file)
    store.putObservations([observation()])
    expect(store.findTrace('t1')?.observationCount).toBe(1)
    store.close()
  })

  it('openDatabase() finds the experiments in a file that is older than they are', () => {
    const file = path()
    const older = new Database(file)
    older.exec(`${MIGRATIONS[0]}; ${MIGRATIONS[1]}; PRAGMA user_version = 2`)
    const columns = RECORD_COLUMNS.filter((column) => column !== 'experiment_id')
    const insert = older.prepare(
      `INSERT INTO observations (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    )
    const { details } = observation()
    const experiment = { id: '', name: '', datasetId: '', itemRootId: '' }
    for (const row of [observation(), observation({ id: 'o2', details: { ...details, experiment } })]) {
      insert.run(toRecord(row).slice(0, columns.length))
    }
    closeDatabase(older)
    const store = openSqliteStore(file)
    expect(store.findExperiments({ fromMillis: 0, conditions: [], limit: 10 })).toMatchObject([
      { id: 'e', name: 'n', datasetId: 'd', description: '', metadata: {}, newest: { id: 'o1' } },
    ])
    store.close()
  })

  it('openDatabase() leaves a newer file as it is', () => {
    const file = path()
    const newer = new Database(file)
    newer.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`)
    closeDatabase(newer)
    expect(() => openDatabase(file)).toThrow(expect.objectContaining({ code: 'newer_schema' }))
    const again = new Database(file)
    expect(again.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'observations'").raw().all()).toEqual([[0]])
    closeDatabase(again)
  })
})

describe('selectTraces()', () => {
  it('selectTraces() finds the page in an index alone', () => {
    const db = openDatabase(path())
    const { sql, values } = selectTraces({ limit: 51, after: { newestStartMillis: 1, traceId: 't' } })
    const steps = db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .raw()
      .all([...values])
      .map((step) => String(Array.isArray(step) ? step[3] : step))
    // The order of this index spares the grouping a sort, and its columns the table.
    expect(steps).toContain('SCAN observations USING COVERING INDEX observations_trace')
    expect(steps).not.toContain('USE TEMP B-TREE FOR GROUP BY')
    expect(steps).toContain('SEARCH root USING INTEGER PRIMARY KEY (rowid=?)')
    db.close()
  })
})

describe('selectExperiments()', () => {
  it('selectExperiments() looks at nothing but the spans of experiments, and finds the page in an index alone', () => {
    const db = openDatabase(path())
    const { sql, values } = selectExperiments({ fromMillis: 1, conditions: [], limit: 51 })
    const steps = db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .raw()
      .all([...values])
      .map((step) => String(Array.isArray(step) ? step[3] : step))
    expect(steps).toContain('SCAN observations USING COVERING INDEX observations_experiment')
    expect(
      steps.filter((step) => /^(SCAN|SEARCH) observations\b/.test(step) && !step.includes('observations_experiment')),
    ).toEqual([])
    db.close()
  })
})

describe('selectObservations()', () => {
  const text = (column: 'traceId' | 'sessionId' | 'userId', value: string): ObservationCondition => ({
    column,
    type: 'text',
    operator: '=',
    value,
  })

  // A page must not cost more the more there is: each of these walks an index and stops, or looks up one trace.
  it.each([
    ['newest', [], 'SCAN observations USING COVERING INDEX observations_newest'],
    ['one trace', [text('traceId', 't')], 'SEARCH observations USING INDEX observations_trace (trace_id=?)'],
    [
      'one session',
      [text('sessionId', 's')],
      'SEARCH observations USING COVERING INDEX observations_session (session_id=?)',
    ],
    ['one user', [text('userId', 'u')], 'SEARCH observations USING COVERING INDEX observations_user (user_id=?)'],
    [
      'roots',
      [{ column: 'isRootObservation', type: 'boolean', operator: '=', value: true }],
      'SCAN observations USING COVERING INDEX observations_newest_roots',
    ],
    [
      'items of experiments',
      [
        { column: 'experimentId', type: 'null', operator: 'is not null' },
        { column: 'startTime', type: 'time', operator: '>=', millis: 1 },
      ],
      'SEARCH observations USING INDEX observations_newest_of_experiments (start_millis>?)',
    ],
    [
      'some experiments',
      [{ column: 'experimentId', type: 'textList', operator: 'any of', values: ['a', 'b'] }],
      'SEARCH observations USING INDEX observations_experiment (experiment_id=?)',
    ],
    [
      'since',
      [{ column: 'startTime', type: 'time', operator: '>=', millis: 1 }],
      'SEARCH observations USING COVERING INDEX observations_newest (start_millis>?)',
    ],
  ] satisfies [string, ObservationCondition[], string][])(
    'selectObservations() finds %s by an index',
    (_what, conditions, plan) => {
      const db = openDatabase(path())
      const { sql, values } = selectObservations({ conditions, limit: 50, parts: [] })
      const steps = db
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .raw()
        .all([...values])
      // Behind the step that says that the page is found first.
      expect(steps.map((step) => (Array.isArray(step) ? step[3] : step))[1]).toBe(plan)
      // The driver never finishes an EXPLAIN, which would keep closeDatabase() from leaving WAL mode.
      db.close()
    },
  )

  it('selectObservations() sorts keys and not rows where no index has the order', () => {
    const db = openDatabase(path())
    const conditions: ObservationCondition[] = [
      { column: 'traceId', type: 'textList', operator: 'any of', values: ['t', 'u'] },
    ]
    const { sql, values } = selectObservations({ conditions, limit: 50, parts: ['io', 'metadata'] })
    const steps = db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .raw()
      .all([...values])
      .map((step) => String(Array.isArray(step) ? step[3] : step))
    expect(steps).toEqual([
      expect.stringContaining('CO-ROUTINE'),
      expect.stringMatching(/^SEARCH observations USING .*INDEX .*\(trace_id=\?\)/),
      'USE TEMP B-TREE FOR ORDER BY',
      expect.stringMatching(/^SCAN \(?subquery/),
      'SEARCH observations USING INTEGER PRIMARY KEY (rowid=?)',
    ])
    db.close()
  })
})
