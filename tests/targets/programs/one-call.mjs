// Asks once, in the ways that the tests of the hooks need; prints the answer.
const [how, alias] = process.argv.slice(2)
const { instrument, register, wrap } = how === 'plain' ? {} : await import('@axion/register')
if (how === 'register') register({ mode: 'console', disabledInstrumentations: ['anthropic'] })
const module = await import(alias)
if (how === 'wrap') wrap(module)
const client = new module.OpenAI({ apiKey: 'none', baseURL: process.env.API_URL, maxRetries: 0 })
if (how === 'instrument') instrument(client)
const ask = () => client.chat.completions.create({ model: 'gpt', messages: [{ role: 'user', content: 'hi' }] })
const { Tracer } = how === 'owned' ? await import('@axion/core') : {}
const answer = await (Tracer ? new Tracer().span('mine', { type: 'generation' }, ask) : ask())
console.log(answer.choices[0].message.content)
