import { execFile, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const run = promisify(execFile)

/** Runs a command on a terminal of its own: `script` of util-linux, which not every system has. */
const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true

it.skipIf(!hasScript)('endBySignal() leaves the terminal as it was, as a signal does without us', async () => {
  const module = fileURLToPath(new URL('../../dist/lifecycle/end-by-signal.js', import.meta.url))
  const program = `
    import { endBySignal } from ${JSON.stringify(module)}
    process.stdin.setRawMode(true)
    // Whoever listens takes the terminal out of the hands of Node, also when it stops to.
    const listener = () => {}
    process.on('SIGTERM', listener)
    process.off('SIGTERM', listener)
    endBySignal('SIGTERM')
  `
  const node = `'${process.execPath}' --input-type=module --eval "$PROGRAM"`
  const { stdout } = await run('script', ['-qec', `${node}; echo "ended $?"; stty -a`, '/dev/null'], {
    env: { PATH: '/usr/bin:/bin', PROGRAM: program },
  })
  // 128 and SIGTERM's 15; a terminal that reads lines.
  expect(stdout).toContain('ended 143')
  expect(stdout).toMatch(/(?<!-)\bicanon\b/)
})
