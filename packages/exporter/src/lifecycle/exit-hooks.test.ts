import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { startBodySink } from './body-sink.fixture.js'
import type { Drainable } from './drainable.js'
import { runEndingProgram } from './ending-program.fixture.js'
import { installExitHooks } from './exit-hooks.js'

const EVENTS = ['beforeExit', 'exit', 'uncaughtExceptionMonitor', 'newListener', 'SIGTERM', 'SIGINT', 'SIGUSR2']

/** How many listeners the process has, without those of others. */
function countListeners(): () => Record<string, number> {
  const count = (): number[] => EVENTS.map((event) => process.listenerCount(event))
  const before = count()
  return () => {
    const added = count().map((number, index) => number - (before[index] ?? 0))
    return Object.fromEntries(EVENTS.map((event, index) => [event, added[index] ?? 0]).filter(([, number]) => number))
  }
}

const emptyDrainable = (): Drainable => ({
  destination: { name: 'Langfuse', origin: undefined },
  target: undefined,
  spool: undefined,
  isEmpty: () => true,
  flush: async () => {},
  takeRemaining: () => [],
  acceptedSpans: () => 0,
  settle: () => {},
})

it('installExitHooks() has one set of listeners for all pipelines, and none after the last', () => {
  const added = countListeners()
  const always = { beforeExit: 1, exit: 2, uncaughtExceptionMonitor: 1, newListener: 1 }
  const leaveOne = installExitHooks(emptyDrainable(), { signals: ['SIGTERM'], deadlineMillis: 1 })
  expect(added()).toEqual({ ...always, SIGTERM: 1 })
  const leaveTwo = installExitHooks(emptyDrainable(), { signals: ['SIGTERM', 'SIGINT'], deadlineMillis: 1 })
  expect(added()).toEqual({ ...always, SIGTERM: 1, SIGINT: 1 })
  const leaveThree = installExitHooks(emptyDrainable(), { signals: ['SIGUSR2'], deadlineMillis: 1 })
  leaveTwo()
  leaveTwo()
  expect(added()).toEqual({ ...always, SIGTERM: 1, SIGUSR2: 1 })
  leaveOne()
  expect(added()).toEqual({ ...always, SIGUSR2: 1 })
  leaveThree()
  expect(added()).toEqual({})
})

it('installExitHooks() goes without signals that nobody can listen to', () => {
  const added = countListeners()
  const leave = installExitHooks(emptyDrainable(), { signals: ['SIGKILL', 'SIGSTOP', 'SIGINT'], deadlineMillis: 1 })
  expect(added()).toMatchObject({ exit: 2, SIGINT: 1 })
  leave()
  expect(added()).toEqual({})
})

it('installExitHooks() is first of the listeners for a signal and last of those for the exit, and stays so', async () => {
  const [earlier, later] = [(): void => {}, (): void => {}]
  process.on('SIGUSR2', earlier)
  const leave = installExitHooks(emptyDrainable(), { signals: ['SIGUSR2'], deadlineMillis: 1 })
  const [ours] = process.listeners('SIGUSR2')
  const last = process.listeners('exit').at(-1)
  expect(process.listeners('SIGUSR2')).toEqual([ours, earlier])
  expect(ours).not.toBe(earlier)
  process.prependListener('SIGUSR2', later)
  process.on('exit', later)
  await Promise.resolve()
  expect(process.listeners('SIGUSR2')).toEqual([ours, later, earlier])
  expect(process.listeners('exit').slice(-2)).toEqual([later, last])
  leave()
  expect(process.listeners('SIGUSR2')).toEqual([later, earlier])
  for (const listener of [earlier, later]) process.off('SIGUSR2', listener).off('exit', listener)
})

it('installExitHooks() shares its listeners between copies of the package, which would wait for each other', async () => {
  const sink = await startBodySink()
  // Inside of node_modules, so that the copy finds its dependencies.
  const folder = mkdtempSync(fileURLToPath(new URL('../../node_modules/.copy-', import.meta.url)))
  cpSync(new URL('../../dist', import.meta.url), folder, { recursive: true })
  const program = `
    const { installExitHooks: install } = await import(${JSON.stringify(pathToFileURL(join(folder, 'lifecycle/exit-hooks.js')).href)})
    const other = createHttpDrainable(SINK_URL)
    const uninstallOther = install(other, hooks)
    console.log(install === installExitHooks, process.listenerCount('SIGTERM'))
    drainable.hold('one')
    other.hold('two')
    uninstall()
    setInterval(() => {}, 1000)
    process.kill(process.pid, 'SIGTERM')
  `
  const end = await runEndingProgram(program, { url: sink.url })
  rmSync(folder, { recursive: true })
  await sink.close()
  expect(end).toEqual({ exitCode: null, signal: 'SIGTERM', stdout: 'false 1\n', stderr: '' })
  // The other one was shut down.
  expect(sink.bodies).toEqual(['two'])
})
