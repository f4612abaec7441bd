// SPDX-License-Identifier: Apache-2.0
// What is loaded again is a new object, whatever it says: who watches one is called at every load, and what people
// chose meanwhile jumps back. So pages watch values: text, numbers, or several getters of them.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'

/** Called at every load, and harmless: "file name". */
const AT_EVERY_LOAD: Record<string, string> = {
  'pages/approvals/index.vue all': 'keeps what is chosen while it is there',
  'pages/tasks/TaskList.vue props.rows': 'only measures',
  'pages/window/ApplicantForm.vue served': 'keeps the kind while it is served',
  'pages/window/NewCase.vue faults': 'shows the faults as they are now',
  'pages/reports/useReport.ts view.days': 'compares what they say',
  'parts/tickets/CallBar.vue load.data': 'shows who is at the window now',
  'pages/reports/Chart.vue props.option': 'draws',
}

const src = resolve('src')
const files = readdirSync(src, { recursive: true }).map(String).filter((name) => /\.(ts|vue)$/.test(name))

/** The text up to the comma or bracket that ends it. */
function argumentAt(text: string, from: number): string {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    if ('([{'.includes(text[at]!)) depth++
    if (')]}'.includes(text[at]!) && depth-- === 0) return text.slice(from, at)
    if (text[at] === ',' && depth === 0) return text.slice(from, at)
  }
  return text.slice(from)
}

/** What each call of watch looks at: the sources of a list one by one. */
function watchedIn(text: string): string[] {
  return [...text.matchAll(/\bwatch\(/g)].flatMap(({ index }) => {
    const all = argumentAt(text, index + 'watch('.length).trim()
    if (!all.startsWith('[')) return [all]
    const sources: string[] = []
    for (let at = 1; at < all.length - 1; ) {
      const one = argumentAt(all, at)
      sources.push(one.trim())
      at += one.length + 1
    }
    return sources.filter((one) => one !== '')
  })
}

const MAKES_OBJECT = /^(\(\w*\) => )?(\(\{|\[)|\.(map|filter|flatMap|sort|slice)\([^]*\)$|^find[A-Z]\w*\(/
const LOADED = /\b(load\.data|props\.(rows|days|option|lines|parts|flow|content))$|\bview\.days$/

/** Is the source an object that is made anew? */
function isMadeAnew(source: string, text: string): boolean {
  const body = source.replace(/^\(\) => /, '')
  if (/\.join\([^)]*\)$/.test(body)) return false
  if (MAKES_OBJECT.test(body) || LOADED.test(body)) return true
  const made = /^\w+$/.test(body) ? new RegExp(`const ${body} = computed(?:<[^(]*>)?\\(`).exec(text) : null
  if (!made) return false
  const from = argumentAt(text, made.index + made[0].length).trim().replace(/^\(\) =>\s*/, '')
  return MAKES_OBJECT.test(from) || /^\{[^]*return [[{]/.test(from)
}

test('nothing watches what each load makes anew', () => {
  let seen = 0
  const found = files.flatMap((name) => {
    const text = readFileSync(join(src, name), 'utf8')
    const sources = watchedIn(text)
    seen += sources.length
    return sources.filter((one) => isMadeAnew(one, text)).map((one) => `${name} ${one.replace(/^\(\) => /, '')}`)
  })
  assert.ok(seen > 50, `${seen} were looked at`)
  assert.deepEqual(found.filter((one) => !(one in AT_EVERY_LOAD)), [])
  assert.deepEqual(Object.keys(AT_EVERY_LOAD).filter((one) => !found.includes(one)), [])
})

test('a list of values is told from a list that is made anew', () => {
  const text = 'const body = computed<Partial<Decide>>(() => ({ a: 1 }))\nconst n = computed(() => rows.length)\nconst own = computed(() => all.value.filter((one) => one.open))'
  for (const bad of ['() => [a, b]', '() => ({ a })', 'body', 'own', '() => load.data', '() => props.days']) assert.ok(isMadeAnew(bad, text), bad)
  for (const good of ['n', 'open', '() => props.number', '() => JSON.stringify(body.value)', '() => own.value.map((one) => one.no).join()']) assert.ok(!isMadeAnew(good, text), good)
  assert.deepEqual(watchedIn('watch([() => a, () => f(b, c)], x)\nwatch(open, y)'), ['() => a', '() => f(b, c)', 'open'])
})
