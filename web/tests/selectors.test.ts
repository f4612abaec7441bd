// SPDX-License-Identifier: Apache-2.0
// A browser test that looks for a class which no page has waits two minutes and says little; this says it at once.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'

const textsIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(folder, { recursive: true }).map(String).filter((name) => ending.test(name)).map((name) => readFileSync(join(folder, name), 'utf8'))

/** Chosen by the page's state: `:class="board.link"`. */
const BY_STATE = ['correct']

const FINDS = /\b(?:locator|querySelector|querySelectorAll|closest)\(\s*(['"`])(.*?)\1/g
/** ".chips": not the attribute's value of `[href="a.b"]`, nor what a Chinese comma begins. */
const classesOf = (selector: string): string[] => [...selector.replace(/\[[^\]]*\]/g, '').matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name!)

test('the classes that browser tests look for are on the pages', () => {
  const pages = [...textsIn(resolve('src'), /\.(vue|ts|css)$/), ...textsIn(resolve('../services/gateway/phone'), /\.[ch]$/)].join('\n')
  const asked = textsIn(resolve('../tests/web'), /\.mjs$/).flatMap((text) => [...text.matchAll(FINDS)].flatMap(([, , selector]) => classesOf(selector!)))
  const ours = [...new Set(asked)].filter((name) => !name.startsWith('el-') && !BY_STATE.includes(name))
  assert.ok(ours.length > 20, `${ours.length} classes`)
  const isThere = (name: string) => new RegExp(`[cC]lass(?:es)?=(\\\\?"|'|\\{)[^">]*\\b${name}\\b`).test(pages)
  assert.deepEqual(ours.filter((name) => !isThere(name)), [])
})
