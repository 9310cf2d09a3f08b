const [use, ...aliases] = process.argv.slice(2)
const { Tracer } = process.env.LANGFUSE_PUBLIC_KEY ? await import('@axion/core') : {}
const tracer = Tracer && new Tracer()
const modules = []
for (const alias of aliases) modules.push(await import(alias))
const { default: run } = await import(use)
await run(modules, (name, work) => (tracer ? tracer.span(name, work) : work()))
