const { Tracer } = process.env.LANGFUSE_PUBLIC_KEY ? require('@axion/core') : {}
const library = require(process.argv[2])

const tracer = Tracer && new Tracer()
const span = (name, run) => (tracer ? tracer.span(name, run) : run())
require('./use-others.cjs')(process.argv[2], library, span)
