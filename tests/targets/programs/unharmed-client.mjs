// What applications do with clients beside asking them: whatever can show that there is something in between. Prints what it sees.
import { createRequire } from 'node:module'
import { inspect } from 'node:util'
import * as esm from 'openai-6'

const require = createRequire(import.meta.url)
const cjs = require('openai-6')
const older = require('openai-5')
const baseURL = `${process.env.API_URL}/v1`
const settings = { apiKey: 'none', baseURL, maxRetries: 0 }
const body = { model: 'gpt', messages: [{ role: 'user', content: 'hi' }] }
const read = async (stream) => {
  const pieces = []
  for await (const piece of stream) pieces.push(piece)
  return pieces.length
}
// Where contexts are kept by hooks (up to Node 22), promises show it as soon as anything keeps one.
const show = (value) => (process.versions.node >= '24' ? inspect(value, { depth: 0 }) : Object.keys(value))

console.log(Reflect.ownKeys(esm).map(String), Object.keys(cjs))
class Subclass extends esm.OpenAI {}
for (const Client of [esm.OpenAI, cjs.OpenAI, older.OpenAI, Subclass]) {
  const { completions } = new Client(settings).chat
  const request = completions.create(body)
  console.log(Client.name, request.constructor.name, show(request), show(request.responsePromise))
  console.log(JSON.stringify(await request))
  const stream = await completions.create({ ...body, stream: true })
  console.log(show(stream), Reflect.ownKeys(stream))
  console.log(await Promise.all(stream.tee().map(read)))
  const bytes = (await completions.create({ ...body, stream: true })).toReadableStream()
  console.log(await read(bytes))
  const prototype = Object.getPrototypeOf(completions)
  const { value, ...descriptor } = Object.getOwnPropertyDescriptor(prototype, 'create')
  console.log(Reflect.ownKeys(prototype), value.name, value.length, descriptor)
}

const client = new cjs.OpenAI(settings)
class Overriding extends cjs.OpenAI.Chat.Completions {
  create(...args) {
    console.log('overriding', args.length)
    return super.create(...args)
  }
}
console.log((await new Overriding(client).create(body)).id)
const behindProxies = (object) =>
  new Proxy(object, {
    get(target, name) {
      const value = Reflect.get(target, name)
      if (typeof value === 'function') return (...args) => Reflect.apply(value, target, args)
      return typeof value === 'object' && value !== null ? behindProxies(value) : value
    },
  })
console.log((await behindProxies(client).chat.completions.create(body)).id)
for (const object of [client, client.chat, client.chat.completions, body, body.messages]) Object.freeze(object)
const { completions } = client.chat
const { create } = completions
console.log(structuredClone(await Reflect.apply(create, completions, [body])).id)

const failing = [
  ['no receiver', () => create(body)],
  ['no body', () => completions.create()],
  ['null', () => completions.create(null)],
  ['cycle', () => completions.create(Object.assign({ ...body }, { self: client }))],
  ['bigint', () => completions.create({ ...body, seed: 1n })],
  [
    'getter',
    () => {
      const thrower = Object.defineProperty({ ...body }, 'messages', {
        enumerable: true,
        get() {
          throw new Error('mine')
        },
      })
      return completions.create(thrower)
    },
  ],
  ['aborted', () => completions.create(body, { signal: AbortSignal.abort() })],
  ['missing', () => completions.create({ ...body, model: 'missing' })],
]
for (const [name, fail] of failing) {
  try {
    await fail()
    console.log(name, 'is fine')
  } catch (error) {
    console.log(name, error.constructor.name, error.message, Object.keys(error))
  }
}

// Nobody waits for these.
process.on('unhandledRejection', (error) => console.log('unhandled', error.constructor.name))
completions.create({ ...body, model: 'missing' })
completions.create({ ...body, model: 'missing' }).then(() => {})
completions.create({ ...body, model: 'missing' }).asResponse()
