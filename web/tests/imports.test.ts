// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { test } from 'node:test'

const src = resolve('src')
const sources = readdirSync(src, { recursive: true })
  .map((name) => join(src, String(name)))
  .filter((path) => /\.(ts|vue)$/.test(path))

/** The file that an import names, seen from `from`; null: a package, a style sheet. */
function fileOf(name: string, from: string): string | null {
  const path = name.startsWith('@/') ? join(src, name.slice(2)) : name.startsWith('.') ? resolve(dirname(from), name) : null
  if (path === null || path.endsWith('.css')) return null
  const found = [path, `${path}.ts`, `${path}/index.ts`].find((one) => sources.includes(one))
  assert.ok(found && existsSync(found), `${relative(src, from)} imports ${name}, which is not there`)
  return found
}

/** Static imports and lazy ones alike. */
const importsOf = (path: string): string[] =>
  [...readFileSync(path, 'utf8').matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)]
    .map(([, name]) => fileOf(name!, path))
    .filter((one) => one !== null)

/** The first circle found from this file, as a chain of files; null: there is none. */
function circleFrom(path: string, chain: string[], done: Set<string>): string[] | null {
  if (chain.includes(path)) return [...chain.slice(chain.indexOf(path)), path]
  if (done.has(path)) return null
  for (const next of importsOf(path)) {
    const found = circleFrom(next, [...chain, path], done)
    if (found) return found
  }
  done.add(path)
  return null
}

test('no files import each other in a circle', () => {
  const done = new Set<string>()
  for (const path of sources) {
    const circle = circleFrom(path, [], done)
    assert.equal(circle?.map((one) => relative(src, one)).join(' -> '), undefined)
  }
  assert.ok(done.size > 150, `${done.size} files were looked at`)
})

test('shared files and parts import no page', () => {
  const outside = sources.filter((path) => !path.startsWith(join(src, 'pages')) && path !== join(src, 'router.ts'))
  for (const path of outside)
    for (const one of importsOf(path))
      assert.ok(!one.startsWith(join(src, 'pages')), `${relative(src, path)} imports ${relative(src, one)}`)
})

/* Ages, pauses and retries are measured with the machine's clock; what day or hour it is, the hall says. */
test('the clock of the workstation judges nothing', () => {
  const measures = ['session.ts', 'api/client.ts', 'waiting.ts', 'pages/display/board.ts', 'pages/reports/useReport.ts', 'pages/administration/Tokens.vue']
  for (const path of sources) {
    const text = readFileSync(path, 'utf8')
    assert.doesNotMatch(text, /new Date\(\)/, relative(src, path))
    if (!measures.includes(relative(src, path))) assert.doesNotMatch(text, /Date\.now\(/, relative(src, path))
  }
})
