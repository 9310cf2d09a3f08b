import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // es2022 makes esbuild lower decorators and `using`, as the published build does.
  esbuild: { target: 'es2022' },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'packages/*/viewer/src/**/*.test.ts',
      'examples/*/src/**/*.test.ts',
      'tests/**/*.test.ts',
    ],
    // Most tests wait, for other processes and for servers: one processor less than there are leaves a small machine idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Real processes and real servers: generous limits, because machines are shared.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
