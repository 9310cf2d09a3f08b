import { isMainThread } from 'node:worker_threads'
import { diag } from '@opentelemetry/api'
import type { Drainable } from './drainable.js'
import type { ExitHooks } from './exit-hooks.js'
import { isHandledByOthers } from './is-handled-by-others.js'
import { isRepl } from './is-repl.js'
import { ProcessEnding } from './process-ending.js'

/** The listeners on `process`, for as long as somebody is watched for. */
export class ExitListeners {
  readonly #watched: ReadonlyMap<Drainable, ExitHooks>
  readonly #signals = new Set<NodeJS.Signals>()
  readonly #ending: ProcessEnding
  #isListening = false
  #isMovePending = false

  /**
   * @param watched - The pipelines, as they come and go: `update()` looks at them again.
   */
  constructor(watched: ReadonlyMap<Drainable, ExitHooks>) {
    this.#watched = watched
    this.#ending = new ProcessEnding(watched, {
      isHandledByOthers: (signal) => isHandledByOthers(signal, this.#onSignal),
      stopListening: (signal) => this.#unlisten(signal),
      stopListeningToAll: () => this.#unlistenAll(),
    })
  }

  /** Adds the listeners that are needed, and removes those that are not. */
  update(): void {
    const isNeeded = this.#watched.size > 0
    if (isNeeded !== this.#isListening) this.#toggle(isNeeded)
    // `process` of a worker thread gets no signals.
    const hooks = isMainThread ? [...this.#watched.values()] : []
    const needed = new Set(hooks.flatMap(({ signals }) => signals))
    if (isRepl()) needed.delete('SIGINT')
    for (const signal of this.#signals) if (!needed.has(signal)) this.#unlisten(signal)
    for (const signal of needed) if (!this.#signals.has(signal)) this.#listen(signal)
  }

  #toggle(isNeeded: boolean): void {
    this.#isListening = isNeeded
    if (isNeeded) {
      process.on('beforeExit', this.#onBeforeExit)
      process.on('uncaughtExceptionMonitor', this.#onException)
      process.prependListener('exit', this.#onExitBegin)
      process.on('exit', this.#onExitEnd)
      process.on('newListener', this.#onNewListener)
    } else {
      process.off('beforeExit', this.#onBeforeExit)
      process.off('uncaughtExceptionMonitor', this.#onException)
      process.off('exit', this.#onExitBegin)
      process.off('exit', this.#onExitEnd)
      process.off('newListener', this.#onNewListener)
    }
  }

  #listen(signal: NodeJS.Signals): void {
    try {
      // First, to see the listeners of others that are there once only: they are gone when they are called.
      process.prependListener(signal, this.#onSignal)
      this.#signals.add(signal)
    } catch (error) {
      // Nobody can listen to SIGKILL and SIGSTOP, and which others there are is the system's.
      diag.warn(`@axion/exporter: cannot listen to ${signal}`, error)
    }
  }

  #unlisten(signal: NodeJS.Signals): void {
    this.#signals.delete(signal)
    process.off(signal, this.#onSignal)
  }

  #unlistenAll(): void {
    for (const signal of this.#signals) this.#unlisten(signal)
  }

  readonly #onBeforeExit = (): void => guard(() => this.#ending.beforeExit())
  readonly #onException = (): void => guard(() => this.#ending.exception())
  readonly #onExitBegin = (): void => guard(() => this.#ending.exitBegin())
  readonly #onExitEnd = (): void => guard(() => this.#ending.exitEnd())
  readonly #onSignal = (signal: NodeJS.Signals, number?: number): void => {
    // A program may emit one to itself (`process.emit('SIGINT')`). Without a listener that does nothing, so we do not end it either.
    guard(() => (number === undefined ? this.#ending.background() : this.#ending.signal(signal)))
  }

  // Of the listeners for a signal, ours stays the first, and for the exit the last: others may end spans there. The new one is not yet there.
  readonly #onNewListener = (event: string | symbol, listener: (...args: never[]) => void): void => {
    const isOfInterest = event === 'exit' || [...this.#signals].some((signal) => signal === event)
    if (!isOfInterest || listener === this.#onExitEnd || listener === this.#onSignal || this.#isMovePending) return
    this.#isMovePending = true
    queueMicrotask(() => {
      this.#isMovePending = false
      if (this.#isListening) this.#move()
    })
  }

  #move(): void {
    if (process.listeners('exit').at(-1) !== this.#onExitEnd) {
      process.off('exit', this.#onExitEnd)
      process.on('exit', this.#onExitEnd)
    }
    for (const signal of this.#signals) {
      if (process.listeners(signal)[0] === this.#onSignal) continue
      // In this order: with no listener in between, a signal would end the process. The last of two equal ones is removed.
      process.prependListener(signal, this.#onSignal)
      process.off(signal, this.#onSignal)
    }
  }
}

// Whatever is wrong with us, the process ends its own way.
function guard(act: () => void): void {
  try {
    act()
  } catch (error) {
    diag.error('@axion/exporter: a hook at the end of the process failed', error)
  }
}
