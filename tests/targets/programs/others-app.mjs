import useOthers from './use-others.cjs'

const { Tracer } = process.env.LANGFUSE_PUBLIC_KEY ? await import('@axion/core') : {}
const library = await import(process.argv[2])

const tracer = Tracer && new Tracer()
await useOthers(process.argv[2], library, (name, run) => (tracer ? tracer.span(name, run) : run()))
