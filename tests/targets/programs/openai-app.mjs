import useOpenAI from './use-openai.cjs'

const { Tracer } = process.env.LANGFUSE_PUBLIC_KEY ? await import('@axion/core') : {}
const { default: OpenAI } = await import(process.argv[2])

const tracer = Tracer && new Tracer()
await useOpenAI(OpenAI, tracer && ((name, run) => tracer.span(name, run)))
