// SPDX-License-Identifier: Apache-2.0
// How the pages are built: into build/web of the tree (or ONEDOOR_WEB_OUT), names with the hash of
// their content, each text file with its compressed copies beside it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

import vue from '@vitejs/plugin-vue'
import Components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import { defineConfig, type Plugin } from 'vite'

import { pagePaths } from './page-paths'

const here = fileURLToPath(new URL('.', import.meta.url))
const out = resolve(here, process.env.ONEDOOR_WEB_OUT ?? '../build/web')

/** The gateway serves file.br or file.gz under the name of file to whoever takes it. */
function compressedCopies(): Plugin {
  const worthIt = 1024
  return {
    name: 'compressed-copies',
    apply: 'build',
    closeBundle() {
      for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|html|svg|json)$/.test(entry.name)) continue
        const path = join(entry.parentPath ?? entry.path, entry.name)
        const content = readFileSync(path)
        if (content.length < worthIt) continue
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
        writeFileSync(
          `${path}.br`,
          brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
        )
      }
    },
  }
}

/** The gateway answers with the start page at these addresses and with 404 elsewhere. */
function listOfPages(): Plugin {
  return {
    name: 'list-of-pages',
    apply: 'build',
    generateBundle() {
      const paths = pagePaths(readFileSync(join(here, 'src/router.ts'), 'utf8'))
      this.emitFile({ type: 'asset', fileName: 'pages.txt', source: `${paths.join('\n')}\n` })
    },
  }
}

export default defineConfig({
  root: here,
  plugins: [
    vue(),
    Components({ dirs: [], dts: false, resolvers: [ElementPlusResolver()] }),
    listOfPages(),
    compressedCopies(),
  ],
  resolve: { alias: { '@': resolve(here, 'src') } },
  define: {
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    outDir: out,
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      output: {
        hashCharacters: 'hex',
        entryFileNames: 'assets/[name]-[hash:12].js',
        chunkFileNames: 'assets/[name]-[hash:12].js',
        assetFileNames: 'assets/[name]-[hash:12][extname]',
      },
    },
  },
  server: {
    port: 5173,
    proxy: { '/api': process.env.ONEDOOR_URL ?? 'http://127.0.0.1:8080' },
  },
})
