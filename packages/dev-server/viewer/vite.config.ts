import { defineConfig } from 'vite'

export default defineConfig({
  base: '/viewer/',
  // tsconfig.json says how JSX is compiled; type checks are `check-types`.
  build: {
    outDir: '../dist/viewer/app',
    emptyOutDir: true,
    target: 'es2022',
    // Nothing may become a data: URL that the policy of the pages forbids.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})
