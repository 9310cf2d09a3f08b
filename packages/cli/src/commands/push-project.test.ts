import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DevServer, startDevServer } from '@axion/dev-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { environmentOf } from '../post-spans.fixture.js'
import {
  callApi,
  fillProject,
  MEDIA_TRACE_ID,
  PICTURE,
  PICTURE_ID,
  projectFacts,
  readMedia,
} from '../project.fixture.js'
import { type RecordingProxy, startRecordingProxy } from '../recording-proxy.fixture.js'
import { type Run, runAxion, startAxion } from '../run-axion.fixture.js'
import { STORED_WINDOW } from '../stored-traces.fixture.js'

const ALL = {
  ...{ pushed: 3, skipped: 0, spans: 7, scores: 0, scoreConfigs: 3, promptVersions: 5, media: 1 },
  ...{ datasets: 2, datasetItems: 12, comments: 5, refused: [], notes: [] },
}
const NONE = {
  ...{ pushed: 0, skipped: 3, spans: 0, scores: 0, scoreConfigs: 0, promptVersions: 0, media: 0 },
  ...{ datasets: 0, datasetItems: 0, comments: 0, refused: [], notes: [] },
}

describe('axion push of what belongs to traces', () => {
  let folder: string
  let source: DevServer
  let target: DevServer
  let proxy: RecordingProxy

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'axion-cli-push-'))
    source = await startDevServer({ dataDir: join(folder, 'source') })
    target = await startDevServer({ dataDir: join(folder, 'target') })
    proxy = await startRecordingProxy(target)
    await fillProject(source)
  })
  afterEach(async () => {
    await proxy.close()
    await source.close()
    await target.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const env = (): Record<string, string> => ({ ...environmentOf(target), LANGFUSE_BASE_URL: proxy.url })
  const words = (flags: readonly string[]): string[] => ['push', '--data-dir', join(folder, 'source'), ...flags]
  const push = (...flags: string[]): Promise<Run> => runAxion(words(flags), env())

  async function pushed(...flags: string[]): Promise<unknown> {
    const { code, stderr, stdout } = await push(...flags, '--json')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const { baseUrl: _, dryRun: __, ...counts } = JSON.parse(stdout)
    return counts
  }

  it('pushProject() brings all of a project, and the second time nothing', async () => {
    expect(await pushed()).toEqual(ALL)
    expect(await projectFacts(target)).toEqual(await projectFacts(source))
    expect(await readMedia(target, PICTURE_ID)).toEqual(PICTURE)
    const writes = proxy.writes()
    expect(await pushed()).toEqual(NONE)
    expect(proxy.writes()).toBe(writes)
  })

  it.each([
    ['/score-configs', 2],
    ['/v2/prompts', 3],
    ['/v2/prompts', 4],
    ['/media', 1],
    [`/media/${PICTURE_ID}`, 1],
    ['/v2/datasets', 1],
    ['/dataset-items', 6],
    ['/comments', 2],
  ])('pushProject() goes on where SIGKILL ended it, at write %s number %i', async (path, number) => {
    let requests = 0
    const isMeant = (asked: string): boolean => asked === `/api/public${path}`
    proxy.fault = (asked) => (isMeant(asked) && ++requests === number ? 'lose-answer' : 'pass')
    const { child, ended } = startAxion(words([]), env())
    const taken = new Promise<void>((resolve) => {
      proxy.taken = (asked) => {
        if (isMeant(asked) && requests >= number) resolve()
      }
    })
    await taken
    child.kill('SIGKILL')
    expect(await ended).toMatchObject({ code: null, stdout: '' })
    await pushed()
    expect(await projectFacts(target)).toEqual(await projectFacts(source))
    expect(await readMedia(target, PICTURE_ID)).toEqual(PICTURE)
    expect(new Set(proxy.spanIds).size).toBe(proxy.spanIds.length)
    expect(await pushed()).toEqual(NONE)
  })

  it.each(['/score-configs', '/v2/prompts', '/media', '/v2/datasets', '/dataset-items', '/comments'])(
    'pushProject() ends quietly at SIGINT while nobody answers %s',
    async (path) => {
      const { child, ended } = startAxion(words([]), env())
      await new Promise<void>((resolve) => {
        proxy.fault = (asked) => {
          if (asked !== `/api/public${path}`) return 'pass'
          resolve()
          return 'hang'
        }
      })
      child.kill('SIGINT')
      expect(await ended).toEqual({ code: 130, stdout: '', stderr: '' })
      proxy.fault = () => 'pass'
      await pushed()
      expect(await projectFacts(target)).toEqual(await projectFacts(source))
    },
  )

  it('write() asks what is there when an answer is lost, and writes nothing twice', async () => {
    const lost = new Set(['score-configs', 'prompts', 'comments'])
    proxy.fault = (path) => (lost.delete(path.split('/').at(-1) ?? '') ? 'lose-answer' : 'pass')
    expect(await pushed()).toEqual(ALL)
    expect(lost).toEqual(new Set())
    expect(await projectFacts(target)).toEqual(await projectFacts(source))
  })

  it('pushProject() counts what is missing and writes nothing with --dry-run', async () => {
    const before = readdirSync(join(folder, 'source')).filter((name) => name.startsWith('push-'))
    const run = await push('--dry-run')
    expect(run).toEqual({
      code: 0,
      stderr: '',
      stdout: `push: would send 3 traces, 7 spans, 0 scores, 3 score configs, 5 prompt versions, 1 media file, 2 datasets, 12 dataset items, 5 comments -> ${proxy.url} (0 traces already there); nothing was sent\n`,
    })
    expect(proxy.writes()).toBe(0)
    expect(readdirSync(join(folder, 'source')).filter((name) => name.startsWith('push-'))).toEqual(before)
    await push()
    const writes = proxy.writes()
    expect(await pushed('--dry-run')).toEqual(NONE)
    expect(proxy.writes()).toBe(writes)
  })

  it('choosePushParts() leaves out what is skipped, and takes only what is named', async () => {
    expect(await pushed('--only', 'prompts', 'score-configs')).toEqual({
      ...NONE,
      ...{ skipped: 0, scoreConfigs: 3, promptVersions: 5 },
    })
    expect(await pushed('--skip', 'comments', 'media')).toEqual({
      ...ALL,
      ...{ scoreConfigs: 0, promptVersions: 0, comments: 0, media: 0 },
    })
    // The traces are there already, without the file.
    expect(await pushed('--only', 'media')).toEqual({ ...NONE, skipped: 0, media: 1 })
    expect(await readMedia(target, PICTURE_ID)).toEqual(PICTURE)
    expect(await pushed()).toEqual({ ...NONE, comments: 5 })
  })

  it('choosePushParts() takes only what belongs to the traces that filters pick', async () => {
    const [of] = [['--user', 'ada', ...STORED_WINDOW]]
    expect(await pushed(...of)).toEqual({ ...NONE, skipped: 0, pushed: 1, spans: 4, comments: 3 })
    expect(await pushed('--name', 'look', '--only', 'traces', 'media', 'prompts', ...STORED_WINDOW)).toEqual({
      ...NONE,
      ...{ skipped: 0, pushed: 1, spans: 1, media: 1, promptVersions: 5 },
    })
  })

  it('pushPrompts() keeps numbers, leaves labels that are taken, and changes no other prompt', async () => {
    const mine = {
      name: 'chat',
      type: 'chat',
      prompt: [{ role: 'system', content: 'Version 1' }],
      labels: ['production'],
    }
    await callApi(target, 'POST', '/v2/prompts', mine)
    await callApi(target, 'POST', '/v2/prompts', { name: 'z/base', prompt: 'Mine.' })
    const run = await push('--only', 'prompts', '--json')
    expect(run.code).toBe(1)
    const { promptVersions, refused, notes } = JSON.parse(run.stdout)
    expect(promptVersions).toBe(2)
    expect(refused).toEqual([
      { about: 'prompt "answer" version 1', reason: expect.stringMatching(/answered 400/) },
      { about: 'prompt "z/base" version 1', reason: 'the project has another one under this number' },
    ])
    expect(notes).toEqual([
      { about: 'prompt "chat"', reason: 'label "production" stays at version 1 there: move it there' },
    ])
    expect(await callApi(target, 'GET', '/v2/prompts/chat?version=4')).toMatchObject({
      prompt: [{ role: 'system', content: 'Version 4' }],
      labels: expect.arrayContaining(['staging', 'eu', 'latest']),
    })
    expect(await callApi(target, 'GET', '/v2/prompts/chat')).toMatchObject({ version: 1 })
    expect(run.stderr.split('\n')).toHaveLength(5)
  })

  it('pushDatasets() sends what changed, and says which item it could not send', async () => {
    expect(await pushed('--only', 'datasets')).toMatchObject({ datasets: 2, datasetItems: 12, media: 0 })
    await callApi(source, 'POST', '/dataset-items', { id: 'item-2', datasetName: 'support/eval', input: 'new' })
    await callApi(source, 'POST', '/dataset-items', { id: 'taken', datasetName: 'empty', input: 'x' })
    await callApi(source, 'POST', '/dataset-items', { id: 'unwanted', datasetName: 'empty', input: 'y' })
    await callApi(target, 'POST', '/dataset-items', { id: 'taken', datasetName: 'support/eval', input: 'mine' })
    let items = 0
    proxy.fault = (path) => {
      const isUnwanted = path.endsWith('/dataset-items') && ++items === 1
      return isUnwanted ? { status: 400, body: { message: 'no' } } : 'pass'
    }
    const run = await push('--only', 'datasets', 'media', '--json')
    expect(run.code).toBe(1)
    expect(JSON.parse(run.stdout)).toMatchObject({
      datasetItems: 2,
      refused: [{ about: expect.stringMatching(/^item "/), reason: 'the server answered 400 (server: no)' }],
    })
    proxy.fault = () => 'pass'
    expect(await pushed('--only', 'datasets')).toMatchObject({ datasetItems: 1, refused: [] })
    expect(await pushed('--only', 'datasets')).toMatchObject({ datasetItems: 0 })
    expect(await callApi(target, 'GET', '/dataset-items/item-2')).toMatchObject({ input: 'new' })
    // An id that another dataset of the project has.
    expect(await callApi(target, 'GET', '/dataset-items?datasetName=empty')).toMatchObject({
      data: expect.arrayContaining([
        expect.objectContaining({ id: 'unwanted', input: 'y' }),
        expect.objectContaining({ id: expect.stringMatching(/^[0-9a-f]{32}$/), input: 'x' }),
      ]),
    })
    expect(await callApi(target, 'GET', '/dataset-items/taken')).toMatchObject({ input: 'mine' })
  })

  it('createMediaPush() uploads a file once that many items name at the same time', async () => {
    const puts: string[] = []
    proxy.fault = (path) => {
      if (path === `/api/public/media/${PICTURE_ID}`) puts.push(path)
      return 'pass'
    }
    expect(await pushed('--only', 'datasets', 'media', '--user', 'nobody', ...STORED_WINDOW)).toEqual({
      ...NONE,
      ...{ skipped: 0, datasets: 2, datasetItems: 12, media: 1 },
    })
    expect(puts).toHaveLength(1)
    expect(await readMedia(target, PICTURE_ID)).toEqual(PICTURE)
  })

  it('createMediaPush() tries a trace again whose file could not be stored, and tells of one that is gone', async () => {
    proxy.fault = (path) => (path.endsWith('/media') ? { status: 400, body: { message: 'too large' } } : 'pass')
    const run = await push('--only', 'traces', 'media', '--json')
    expect(run.code).toBe(1)
    expect(JSON.parse(run.stdout).refused).toEqual([
      { about: `trace ${MEDIA_TRACE_ID}`, reason: expect.stringMatching(/^file \S+: [^\n]*too large/) },
    ])
    await source.close()
    source = await startDevServer({ dataDir: join(folder, 'source') })
    await callApi(source, 'PATCH', `/media/${PICTURE_ID}`, {
      ...{ uploadedAt: new Date().toISOString(), uploadHttpStatus: 500, uploadHttpError: 'lost' },
    })
    proxy.fault = () => 'pass'
    const again = await push('--only', 'traces', 'media', '--json')
    expect(again.code).toBe(0)
    expect(JSON.parse(again.stdout)).toMatchObject({ pushed: 1, spans: 0, media: 0, refused: [] })
    expect(again.stderr).toBe(
      `axion: trace ${MEDIA_TRACE_ID}: its file ${PICTURE_ID} is not there where it is read from\n`,
    )
  })

  it('pushComments() waits for what it is about to become readable, and says what never did', async () => {
    const absent = { status: 404, body: { message: 'Reference object, TRACE: x not found.' } }
    let answers = 1
    proxy.fault = (path) => (path.endsWith('/comments') && answers-- > 0 ? absent : 'pass')
    expect(await pushed()).toEqual(ALL)
    expect(await projectFacts(target)).toEqual(await projectFacts(source))
    await callApi(source, 'POST', '/comments', {
      ...{ projectId: 'axion-local', objectType: 'SESSION', objectId: 'chat-2', content: 'late' },
    })
    proxy.fault = () => absent
    const run = await push('--json')
    expect(run.code).toBe(1)
    expect(JSON.parse(run.stdout).refused).toEqual([
      { about: 'comment on SESSION chat-2', reason: expect.stringMatching(/^the server answered 404/) },
    ])
    proxy.fault = () => 'pass'
    expect(await pushed()).toEqual({ ...NONE, comments: 1 })
  })

  it('push() does not push a store to its own server', async () => {
    const run = await runAxion(words([]), environmentOf(source))
    expect(run).toEqual({
      code: 2,
      stdout: '',
      stderr: 'axion: Invalid --base-url: it is the source itself: name the project to push to\n',
    })
  })
})
