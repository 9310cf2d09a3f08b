const { Tracer } = process.env.LANGFUSE_PUBLIC_KEY ? require('@axion/core') : {}
const OpenAI = require(process.argv[2])

const tracer = Tracer && new Tracer()
require('./use-openai.cjs')(OpenAI, tracer && ((name, run) => tracer.span(name, run)))
