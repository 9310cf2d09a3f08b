// What applications do with modules, contexts and the process. Prints what it sees.
import Module, { createRequire } from 'node:module'
import vm from 'node:vm'
import { both } from './unharmed/a.mjs'
import data from './unharmed/data.json' with { type: 'json' }
import { waited } from './unharmed/waits.mjs'

const require = createRequire(import.meta.url)
console.log(both(), data, waited)
console.log(Object.keys(require.extensions), require.extensions['.js'].length)
console.log(Object.keys(globalThis).join(), Error.stackTraceLimit, typeof Error.prepareStackTrace)
for (const event of ['uncaughtException', 'unhandledRejection', 'SIGINT', 'SIGTERM', 'warning'])
  console.log(event, process.listenerCount(event))

console.log(vm.runInNewContext('1 + 1'), vm.runInThisContext('typeof process'))
const context = vm.createContext({ require, console })
console.log(vm.runInContext('const { OpenAI } = require("openai-6"); OpenAI.name', context))
for (const specifier of ['./unharmed/missing.mjs', 'openai-6/missing', 'data:text/javascript,throw new Error("x")']) {
  await import(specifier).catch((error) => console.log(error.code, error.message))
}
console.log((await import('data:text/javascript,export default 7')).default)

// Hooks of others: on top of ours, and taken off again.
const load = Module._extensions['.js']
let loaded = 0
Module._extensions['.js'] = function (...args) {
  loaded += 1
  return Reflect.apply(load, this, args)
}
require('openai-5')
Module._extensions['.js'] = load
console.log(loaded)

// A library that is loaded again is another one.
const before = require('openai-6')
for (const file of Object.keys(require.cache)) if (file.includes('openai')) delete require.cache[file]
console.log(require('openai-6') === before, require('openai-6').OpenAI.Chat.Completions.prototype.create.name)

process.on('beforeExit', (code) => console.log('beforeExit', code))
process.on('exit', (code) => console.log('exit', code))
