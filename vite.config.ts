import { defineConfig } from 'vite'

const server = 'http://127.0.0.1:8080'

/** The page, built from client/ into dist/client. While it is developed, everything of the server's is passed on. */
export default defineConfig({
  root: 'client',
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2023',
    // Who checks a receipt loads the verifier and nothing of the house; who is asked for their voice, nothing of the desk.
    rolldownOptions: {
      input: { main: 'client/index.html', verify: 'client/verify.html', voice: 'client/voice.html' },
    },
  },
  // libass comes as a module worker with its own WebAssembly beside it: bundling it early would lose both.
  optimizeDeps: { exclude: ['jassub'] },
  worker: { format: 'es' },
  server: { proxy: { '/api': server, '/socket.io': { target: server, ws: true } } },
})
