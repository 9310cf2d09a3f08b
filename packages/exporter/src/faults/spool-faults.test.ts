import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { answerOk, type OtlpSink, startOtlpSink } from '../otlp-sink.fixture.js'
import { countArrivals, type FaultProgram, startProgram } from './fault-program.fixture.js'

// Rows of the fault table with a spool: nobody answers, or the process is gone before it could send.

const sinks: OtlpSink[] = []
const programs: FaultProgram[] = []
const folders: string[] = []
afterEach(async () => {
  for (const { child } of programs.splice(0)) child.kill('SIGKILL')
  await Promise.all(sinks.splice(0).map((sink) => sink.close()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'axion-spool-'))
  folders.push(folder)
  return folder
}

function start(url: string, source: string, options: Record<string, unknown>, setUp?: string): FaultProgram {
  const program = startProgram({ url }, source, { timeoutMillis: 500, ...options }, setUp)
  programs.push(program)
  return program
}

async function sinkAt(port = 0): Promise<OtlpSink> {
  const sink = await startOtlpSink(answerOk, port)
  sinks.push(sink)
  return sink
}

/** A port that nobody listens at, and that is free for a server later. */
async function closedPort(): Promise<number> {
  const sink = await startOtlpSink()
  await sink.close()
  return Number(new URL(sink.url).port)
}

// Sends what is on disk, and says what it did.
const REPLAY = `
  while (tracing.stats().spool.adopted.waiting.batches + tracing.stats().spool.adopted.leased.batches > 0 || tracing.stats().replayed === 0) {
    await tracing.flush()
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  print('replayed', tracing.stats().replayed)
  await tracing.shutdown()
`

describe('a spool', () => {
  it('keeps what a server that is away did not take, for the next process', { timeout: 60_000 }, async () => {
    const port = await closedPort()
    const url = `http://127.0.0.1:${port}`
    const spool = { dir: temporaryFolder() }
    const first = start(url, `end(5000); print('report', JSON.stringify(await tracing.flush()))`, { spool })
    expect(JSON.parse(await first.printed('report'))).toEqual({
      exported: 0,
      failed: 0,
      dropped: 0,
      spooled: 5000,
      pending: 0,
    })
    expect(await first.ended).toMatchObject({ exitCode: 0 })
    const sink = await sinkAt(port)
    const second = start(url, REPLAY, { spool })
    expect(await second.printed('replayed')).toBe('5000')
    await second.ended
    expect(countArrivals([sink], 5000)).toEqual({ arrived: 5000, duplicated: 0, lost: 0 })
    // What was acknowledged is not sent again.
    const third = start(
      url,
      `await tracing.flush(); print('replayed', tracing.stats().replayed); await tracing.shutdown()`,
      { spool },
    )
    expect(await third.printed('replayed')).toBe('0')
    expect(countArrivals([sink], 5000)).toEqual({ arrived: 5000, duplicated: 0, lost: 0 })
  })

  it('is emptied by the same process when the server returns', { timeout: 60_000 }, async () => {
    const port = await closedPort()
    const program = start(
      `http://127.0.0.1:${port}`,
      `
        end(5000)
        print('first', JSON.stringify(await tracing.flush()))
        while ((await tracing.flush()).exported < 5000) await new Promise((resolve) => setTimeout(resolve, 20))
        print('last', JSON.stringify(await tracing.flush()))
      `,
      { spool: { dir: temporaryFolder() } },
    )
    expect(JSON.parse(await program.printed('first'))).toMatchObject({ spooled: 5000, pending: 0 })
    const sink = await sinkAt(port)
    expect(JSON.parse(await program.printed('last'))).toEqual({
      exported: 5000,
      failed: 0,
      dropped: 0,
      spooled: 0,
      pending: 0,
    })
    expect(countArrivals([sink], 5000)).toEqual({ arrived: 5000, duplicated: 0, lost: 0 })
  })

  it('takes what a burst leaves over, and the server gets all of it', { timeout: 60_000 }, async () => {
    const sink = await sinkAt()
    const program = start(sink.url, `end(20000); print('report', JSON.stringify(await tracing.flush()))`, {
      spool: { dir: temporaryFolder() },
      maxQueueBytes: 2 ** 20,
      timeoutMillis: 5000,
    })
    expect(JSON.parse(await program.printed('report'))).toEqual({
      exported: 20_000,
      failed: 0,
      dropped: 0,
      spooled: 0,
      pending: 0,
    })
    expect(countArrivals([sink], 20_000)).toEqual({ arrived: 20_000, duplicated: 0, lost: 0 })
  })

  it('has every batch it acknowledged after SIGKILL in the middle of a burst', { timeout: 60_000 }, async () => {
    const port = await closedPort()
    const url = `http://127.0.0.1:${port}`
    const spool = { dir: temporaryFolder(), fsync: 'batch' }
    const first = start(
      url,
      `
        end(512)
        await tracing.flush()
        // The server is known to be away: batches go to the disk at once.
        for (;;) {
          end(512)
          print('spooled', tracing.stats().spooled)
          await new Promise((resolve) => setImmediate(resolve))
        }
      `,
      { spool },
    )
    await first.printed('spooled 10240')
    first.child.kill('SIGKILL')
    const { stdout } = await first.ended
    const acknowledged = Number(stdout.split('spooled ').at(-1)?.split('\n')[0])
    expect(acknowledged).toBeGreaterThanOrEqual(10_240)
    const sink = await sinkAt(port)
    const second = start(url, REPLAY, { spool })
    expect(Number(await second.printed('replayed'))).toBeGreaterThanOrEqual(acknowledged)
    await second.ended
    const { arrived, duplicated } = countArrivals([sink], 0)
    expect(arrived).toBeGreaterThanOrEqual(acknowledged)
    expect(duplicated).toBe(0)
    // The first ones, without a gap.
    const numbers = sink.spans().map(({ attributes }) => Number(attributes['langfuse.observation.metadata.number']))
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: arrived }, (_, n) => n))
  })

  it('takes what a process holds that calls process.exit()', { timeout: 60_000 }, async () => {
    const port = await closedPort()
    const url = `http://127.0.0.1:${port}`
    const spool = { dir: temporaryFolder() }
    const first = start(url, `end(5000); process.exit(4)`, { spool })
    expect(await first.ended).toMatchObject({ exitCode: 4, stderr: '' })
    const sink = await sinkAt(port)
    const second = start(url, REPLAY, { spool })
    expect(await second.printed('replayed')).toBe('5000')
    await second.ended
    expect(countArrivals([sink], 5000)).toEqual({ arrived: 5000, duplicated: 0, lost: 0 })
  })

  it('is shared by two processes that both send every span once', { timeout: 60_000 }, async () => {
    const port = await closedPort()
    const url = `http://127.0.0.1:${port}`
    const spool = { dir: temporaryFolder() }
    const source = (offset: number): string => `
      made = ${offset}
      end(3000)
      await tracing.flush()
      print('spooled', tracing.stats().spooled)
      while ((await tracing.flush()).exported < 3000) await new Promise((resolve) => setTimeout(resolve, 20))
      print('sent')
    `
    const both = [start(url, source(0), { spool }), start(url, source(3000), { spool })]
    for (const program of both) expect(await program.printed('spooled')).toBe('3000')
    const sink = await sinkAt(port)
    for (const program of both) await program.printed('sent')
    for (const program of both) expect(await program.ended).toMatchObject({ exitCode: 0 })
    expect(countArrivals([sink], 6000)).toEqual({ arrived: 6000, duplicated: 0, lost: 0 })
  })

  it('that cannot be written to leaves the spans in memory, and says so once', { timeout: 60_000 }, async () => {
    const port = await closedPort()
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    // Root may write to any folder, but nobody to one below a file.
    const program = start(
      `http://127.0.0.1:${port}`,
      `
        end(5000)
        print('first', JSON.stringify(await tracing.flush()))
        while ((await tracing.flush()).exported < 5000) await new Promise((resolve) => setTimeout(resolve, 20))
      `,
      { spool: { dir: join(file, 'spool') } },
    )
    expect(JSON.parse(await program.printed('first'))).toMatchObject({ dropped: 0, spooled: 0, pending: 5000 })
    const sink = await sinkAt(port)
    const { exitCode, stderr } = await program.ended
    expect(exitCode).toBe(0)
    expect(stderr.match(/ENOTDIR/g)).toHaveLength(1)
    expect(countArrivals([sink], 5000)).toEqual({ arrived: 5000, duplicated: 0, lost: 0 })
  })

  it.runIf(process.platform !== 'win32')(
    'on a disk that takes no more leaves in memory what does not fit, and loses nothing',
    {
      timeout: 60_000,
    },
    async () => {
      const port = await closedPort()
      const program = start(
        `http://127.0.0.1:${port}`,
        `
        end(5000)
        print('first', JSON.stringify(await tracing.flush()))
        while ((await tracing.flush()).exported < 5000) await new Promise((resolve) => setTimeout(resolve, 20))
      `,
        { spool: { dir: temporaryFolder() }, maxBatchSpans: 5000, maxBatchBytes: 2 ** 20 },
        // In blocks of 512 bytes: the last batch fits into a file, the full ones do not.
        'ulimit -f 1500',
      )
      const { spooled, pending, ...rest } = JSON.parse(await program.printed('first'))
      expect(rest).toEqual({ exported: 0, failed: 0, dropped: 0 })
      expect(spooled + pending).toBe(5000)
      expect(pending).toBeGreaterThan(0)
      const sink = await sinkAt(port)
      const { exitCode, stderr } = await program.ended
      expect(exitCode).toBe(0)
      expect(stderr.match(/EFBIG/g)).toHaveLength(1)
      expect(countArrivals([sink], 5000)).toEqual({ arrived: 5000, duplicated: 0, lost: 0 })
    },
  )

  it('is private to its user, and holds no credentials', { timeout: 60_000 }, async () => {
    const dir = temporaryFolder()
    const program = start(`http://127.0.0.1:${await closedPort()}`, `end(1000); await tracing.flush()`, {
      spool: { dir },
      publicKey: 'pk-very-public',
      secretKey: 'sk-very-secret',
    })
    await program.ended
    chmodSync(dir, 0o700)
    const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(0)
    for (const entry of files) {
      const path = join(entry.parentPath, entry.name)
      expect([path, (statSync(path).mode & 0o777).toString(8)]).toEqual([path, '600'])
      expect(readFileSync(path).includes('sk-very-secret')).toBe(false)
      expect(readFileSync(path).includes(Buffer.from('pk-very-public:sk-very-secret').toString('base64'))).toBe(false)
    }
  })

  it('orders nothing by the clock: spans arrive that were spooled while it went back', {
    timeout: 60_000,
  }, async () => {
    const port = await closedPort()
    const url = `http://127.0.0.1:${port}`
    const spool = { dir: temporaryFolder() }
    const first = start(
      url,
      `
        end(2000)
        await tracing.flush()
        const real = Date.now
        Date.now = () => real() - 86_400_000
        end(2000)
        await tracing.flush()
        print('spooled', tracing.stats().spooled)
      `,
      { spool },
    )
    expect(await first.printed('spooled')).toBe('4000')
    await first.ended
    const sink = await sinkAt(port)
    const second = start(url, `Date.now = ((real) => () => real() - 86_400_000)(Date.now)\n${REPLAY}`, { spool })
    expect(await second.printed('replayed')).toBe('4000')
    await second.ended
    expect(countArrivals([sink], 4000)).toEqual({ arrived: 4000, duplicated: 0, lost: 0 })
  })
})
