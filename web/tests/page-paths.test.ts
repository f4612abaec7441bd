// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { pagePaths } from '../page-paths'

const tableOf = (...paths: string[]) =>
  `export const pages: Page[] = [\n${paths.map((path) => `  { key: 'a', path: '${path}', layout: 'bare' },`).join('\n')}\n]\n`

test('every page of the router is on the list for the gateway', () => {
  const router = readFileSync('src/router.ts', 'utf8')
  const paths = pagePaths(router)
  assert.equal(paths.length, 1 + [...router.matchAll(/\{ key: '/g)].length)
  for (const path of ['/', '/sign-in', '/window', '/case/*', '/kiosk/**']) assert.ok(paths.includes(path), path)
})

test('parts of an address that vary become stars', () => {
  assert.deepEqual(pagePaths(tableOf('/a', '/a/:b', '/a/:b/c', '/d/:rest(.*)*')), ['/', '/a', '/a/*', '/a/*/c', '/d/**'])
})

test('an address that the gateway does not understand stops the build', () => {
  for (const path of ['/a/:b?', '/a/:b(\\d+)', '/:rest(.*)*/a', 'a']) assert.throws(() => pagePaths(tableOf(path)), /router.ts|does not understand/)
  assert.throws(() => pagePaths('export const pages = []'), /no table/)
})
