const [use, ...aliases] = process.argv.slice(2)
const { Tracer } = process.env.LANGFUSE_PUBLIC_KEY ? require('@axion/core') : {}
const tracer = Tracer && new Tracer()
const modules = aliases.map((alias) => require(alias))
require(use)(modules, (name, work) => (tracer ? tracer.span(name, work) : work()))
