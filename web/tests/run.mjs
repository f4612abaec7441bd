// SPDX-License-Identifier: Apache-2.0
// Runs the tests of the pure files with node's test runner: `node tests/run.mjs [OPTION OF NODE...]`. esbuild, which Vite
// installs, bundles each *.test.ts into one file.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const { build } = await import('esbuild').catch(() => {
  console.log('TAP version 13\nok 1 - the pure files # SKIP npm ci was not run\n1..1')
  process.exit(0)
})
const here = dirname(fileURLToPath(import.meta.url))
const out = mkdtempSync(join(tmpdir(), 'onedoor-web-tests.'))
try {
  await build({
    entryPoints: readdirSync(here).filter((name) => name.endsWith('.test.ts')).map((name) => join(here, name)),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node18',
    outExtension: { '.js': '.mjs' },
    outdir: out,
    alias: { '@': join(here, '../src') },
    // The language is kept in the browser's storage; node has none.
    banner: { js: 'globalThis.localStorage = { getItem: () => null, setItem() {} }' },
    logLevel: 'error',
    absWorkingDir: join(here, '..'),
  })
  const files = readdirSync(out).map((name) => join(out, name))
  const ran = spawnSync(process.execPath, [...process.argv.slice(2), '--test', '--test-reporter=tap', ...files], { stdio: 'inherit', cwd: join(here, '..') })
  process.exitCode = ran.status ?? 1
} finally {
  rmSync(out, { recursive: true, force: true })
}
