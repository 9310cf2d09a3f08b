import { createServer, type RequestListener, type Server } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type FilledServer, startFilledServer } from './filled-server.fixture.js'
import { environmentOf } from './post-spans.fixture.js'
import { runAxion, startAxion } from './run-axion.fixture.js'

describe('axion with a wrong command line', () => {
  it.each([
    [['nope'], "axion: unknown command 'nope': see axion --help"],
    [['Dev'], "axion: unknown command 'Dev' (Did you mean dev?): see axion --help"],
    [[''], "axion: unknown command '': see axion --help"],
    [['--nope'], "axion: unknown option '--nope': see axion --help"],
    [['\u001b[31m\nnope\u202e'], "axion: unknown command '␛[31m␊nope<U+202E>': see axion --help"],
    [['traces', 'lst'], "axion: unknown command 'lst' (Did you mean list?): see axion --help"],
    [['traces', 'list', 'x'], "axion: too many arguments for 'list'. Expected 0 arguments but got 1: see axion --help"],
    [['traces', 'list', '--limit'], "axion: option '--limit <number>' argument missing: see axion --help"],
    [['traces', 'list', '--tag'], "axion: option '--tag <tags...>' argument missing: see axion --help"],
    [
      ['traces', 'list', '--limit', '-1'],
      "axion: option '--limit <number>' argument '-1' is invalid. Expected a whole number above 0: see axion --help",
    ],
    [
      ['traces', 'list', '--days', '0'],
      "axion: option '--days <number>' argument '0' is invalid. Expected a number above 0: see axion --help",
    ],
    [
      ['traces', 'list', '--days', '1', '--hours', '1'],
      "axion: option '--days <number>' cannot be used with option '--hours <number>': see axion --help",
    ],
    [
      ['dataset', 'build', '--output', ''],
      "axion: option '--output <file>' argument '' is invalid. Expected the path of a file, or - for standard output: see axion --help",
    ],
    [
      ['traces', 'export', '--output', '-', '--checkpoint', 'c'],
      'axion: Invalid --checkpoint: what went to standard output cannot go on: name a file',
    ],
    [
      ['traces', 'tail', '--interval', '86401'],
      "axion: option '--interval <seconds>' argument '86401' is invalid. Expected a number of seconds above 0, at most 86400: see axion --help",
    ],
    [
      ['doctor', '--timeout', '1e9'],
      "axion: option '--timeout <seconds>' argument '1e9' is invalid. Expected a number of seconds above 0, at most 86400: see axion --help",
    ],
    [
      ['dev', '--data-dir', ''],
      "axion: option '--data-dir <directory>' argument '' is invalid. Expected a path: see axion --help",
    ],
    [
      ['demo', '--days', '1000000'],
      'axion: Invalid --days: 1000000 days before the last one is before 1970: expected fewer',
    ],
    [
      ['dataset', 'pull', ' ', '--output', 'x.jsonl'],
      "axion: command-argument value ' ' is invalid for argument 'name'. Expected the name of a dataset: see axion --help",
    ],
    [['dataset', 'push', '-'], 'axion: Invalid file name: standard input has none: name the dataset (--name)'],
    [
      ['dataset', 'push', 'items.txt'],
      "axion: Invalid file name: it ends in '.txt': expected .jsonl, .json, .csv, .parquet, or --input-format",
    ],
    [['help', 'nope'], "axion: unknown command 'nope': see axion --help"],
    [['help', 'traces', 'lst'], "axion: unknown command 'traces lst': see axion --help"],
    [
      ['dataset', 'build', '--output', 'x.jsonl', '--hours', '1', '--from', '2026-11-01'],
      "axion: option '--hours <number>' cannot be used with option '--from <time>': see axion --help",
    ],
    [
      ['traces', 'list', '--to', '2026-11-01'],
      'axion: Invalid --to: it stands alone: say with --from where the window begins',
    ],
    [
      ['traces', 'list', '--from', 'yesterday'],
      "axion: option '--from <time>' argument 'yesterday' is invalid. Expected an ISO 8601 time such as '2026-11-01' or '2026-11-01T12:00:00Z': see axion --help",
    ],
    [
      ['traces', 'list', '--from', '2026-02-30'],
      "axion: option '--from <time>' argument '2026-02-30' is invalid. Expected an ISO 8601 time such as '2026-11-01' or '2026-11-01T12:00:00Z': see axion --help",
    ],
    [
      ['traces', 'list', '--from', '2026-11-02', '--to', '2026-11-01'],
      'axion: Invalid --from: it is not before --to: expected the earlier instant',
    ],
    [['traces', 'list', '--user', ''], 'axion: Invalid --user: it is no text: expected a non-empty string'],
    [['traces', 'get'], "axion: missing required argument 'id': see axion --help"],
    [['dataset', 'build'], "axion: required option '--output <file>' not specified: see axion --help"],
    [
      ['dev', '--port', '65536'],
      "axion: option '--port <number>' argument '65536' is invalid. Expected a port from 0 to 65535: see axion --help",
    ],
    [
      ['dev', '--port', '0x10'],
      "axion: option '--port <number>' argument '0x10' is invalid. Expected a port from 0 to 65535: see axion --help",
    ],
  ])('run() answers %j with one line and 2', async (args, line) => {
    // Keys that look right and a server that nobody reaches: nothing may be attempted.
    const env = environmentOf({ url: 'http://127.0.0.1:9', publicKey: 'pk-lf-1', secretKey: 'sk-lf-1' })
    expect(await runAxion(args, env)).toEqual({ code: 2, stdout: '', stderr: `${line}\n` })
  })

  it.each([
    [[], 'Usage: axion [options] [command]'],
    [['--help'], 'Usage: axion [options] [command]'],
    [['traces'], 'Usage: axion traces [options] [command]'],
    [['help', 'dev'], 'Usage: axion dev [options]'],
    [['help'], 'Usage: axion [options] [command]'],
    [['help', 'traces', 'list'], 'Usage: axion traces list [options]'],
    [['dataset', 'build', '-h'], 'Usage: axion dataset build [options]'],
  ])('run() answers %j with help and 0', async (args, usage) => {
    const { code, stdout, stderr } = await runAxion(args)
    expect({ code, stderr, usage: stdout.split('\n')[0] }).toEqual({ code: 0, stderr: '', usage })
  })

  it.each([
    ['dev'],
    ['demo'],
    ['traces', 'list'],
    ['traces', 'get'],
    ['traces', 'tail'],
    ['traces', 'export'],
    ['dataset', 'build'],
    ['dataset', 'convert'],
    ['dataset', 'sample'],
    ['dataset', 'push'],
    ['dataset', 'pull'],
    ['scores', 'push'],
    ['scores', 'list'],
    ['push'],
    ['sql'],
  ])('run() shows examples and --json in the help of %s %s', async (...words) => {
    const { code, stdout, stderr } = await runAxion([...words, '--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`Usage: axion ${words.join(' ')} [options]`)
    expect(stdout).toContain('  --json ')
    expect(stdout).toMatch(new RegExp(`\nExamples:\n(?:.*\n)*  (?:.*\\| )?axion ${words.join(' ')}`))
  })

  it('run() documents the exit codes in its help, and prints its version', async () => {
    expect((await runAxion(['--help'])).stdout).toMatch(/Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}130 /)
    const { code, stdout } = await runAxion(['--version'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/)
  })
})

describe('axion with a server that does not serve', () => {
  let filled: FilledServer
  let closedUrl: string
  let servers: Server[] = []

  beforeAll(async () => {
    filled = await startFilledServer([])
    const gone = await startFilledServer([])
    closedUrl = gone.server.url
    await gone.close()
  })
  afterEach(() => {
    for (const server of servers) {
      server.closeAllConnections()
      server.close()
    }
    servers = []
  })
  afterAll(() => filled.close())

  async function listen(answer: RequestListener): Promise<string> {
    const server = createServer(answer)
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no TCP address')
    return `http://127.0.0.1:${address.port}`
  }

  const LIST = ['traces', 'list']
  // Every fault with one command, and every command with one fault: they share the way to the server.
  const OTHERS = [
    ['traces', 'list', '--json'],
    ['traces', 'get', '1234'],
    ['dataset', 'build', '--output', 'never.jsonl'],
  ]
  const rows: [string, Record<string, string>, RegExp][] = [
    ['a wrong secret key', { LANGFUSE_SECRET_KEY: 'sk-lf-wrong' }, /401.*LANGFUSE_SECRET_KEY/],
    ['no public key', { LANGFUSE_PUBLIC_KEY: '' }, /LANGFUSE_PUBLIC_KEY is missing/],
    ['no secret key', { LANGFUSE_SECRET_KEY: ' ' }, /LANGFUSE_SECRET_KEY is missing/],
    ['a port that cannot be', { LANGFUSE_BASE_URL: 'http://127.0.0.1:99999' }, /LANGFUSE_BASE_URL: it is not a URL/],
    ['a base URL that is none', { LANGFUSE_BASE_URL: 'not a url' }, /LANGFUSE_BASE_URL: it is not a URL/],
    ['a base URL of a file', { LANGFUSE_BASE_URL: 'file:///etc/passwd' }, /LANGFUSE_BASE_URL: its protocol is 'file:'/],
  ]
  const [wrongKey] = rows
  const cases = [
    ...rows.map((row) => [LIST.join(' '), ...row, LIST] as const),
    ...(wrongKey === undefined ? [] : OTHERS.map((args) => [args.join(' '), ...wrongKey, args] as const)),
  ]

  it.each(cases)('run() answers %s with %s with one line and 1', async (_, __, changed, message, args) => {
    const run = await runAxion(args, { ...environmentOf(filled.server), ...changed }, filled.folder)
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toMatch(/^axion: [^\n]+\n$/)
    expect(run.stderr).toMatch(message)
    expect(run.stderr).not.toContain(filled.server.secretKey)
  })

  it('run() says in one line that the server is down', async () => {
    const run = await runAxion(['traces', 'list'], { ...environmentOf(filled.server), LANGFUSE_BASE_URL: closedUrl })
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toMatch(/^axion: [^\n]*refused the connection[^\n]*LANGFUSE_BASE_URL\n$/)
  })

  it.each([
    ['text/html', '<h1>\u001b]0;owned\u0007hello</h1>'],
    ['application/json', '{"data":[{"id":"\u001b[2J'],
  ])('run() says in one printable line that an answer of %s is none of Langfuse', async (type, body) => {
    const url = await listen((_, response) => response.writeHead(200, { 'content-type': type }).end(body))
    const run = await runAxion(['traces', 'list'], { ...environmentOf(filled.server), LANGFUSE_BASE_URL: url })
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toMatch(/^axion: [^\p{Cc}]+\n$/u)
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('run() ends a fetch on %s quietly with %i', async (signal, code) => {
    let asked = (): void => {}
    const request = new Promise<void>((resolve) => {
      asked = resolve
    })
    // Never answers, so that the signal always arrives while the command waits.
    const url = await listen(() => asked())
    const env = { ...environmentOf(filled.server), LANGFUSE_BASE_URL: url }
    const { child, ended } = startAxion(['traces', 'list'], env)
    await request
    child.kill(signal)
    expect(await ended).toEqual({ code, stdout: '', stderr: '' })
  })
})
