// SPDX-License-Identifier: Apache-2.0
// A walk over every page of the router: it can be read in both languages, used when zoomed in, and seen in the user's own colours.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { desk, picture, upright, wide, wordless } from './browser.mjs'
import { hidden, unseenFocus } from './colours.mjs'
import { assertAllWalked, enter, openPlace, places } from './places.mjs'
import { codesIn, cut } from './words.mjs'
import { unreachable } from './zoom.mjs'

const sizeOf = (name) => (name.startsWith('kiosk') ? upright : name === 'display' ? wide : desk)
const ZOOMS = [125, 150, 200]
const TABS = 15

async function isReadable(world, page, name) {
  assert.deepEqual(await wordless(page), [])
  assert.deepEqual(await codesIn(world, name, await page.locator('body').innerText()), [])
  assert.deepEqual(await page.evaluate(cut), [])
}

/** A browser's zoom of 200 % is a window of half the size. */
async function isWithinReach(page, zoom) {
  await page.setViewportSize({ width: Math.floor((desk.width * 100) / zoom), height: Math.floor((desk.height * 100) / zoom) })
  assert.deepEqual(await page.evaluate(unreachable), [])
}

async function isSeen(page) {
  await page.emulateMedia({ forcedColors: 'active' })
  assert.deepEqual(await page.evaluate(hidden), [])
  for (let n = 1; n <= TABS; n++) {
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(unseenFocus), '', `after ${n} times Tab`)
  }
}

export default function (world) {
  test('every page of the router is walked over', () => assertAllWalked(world))

  for (const name of Object.keys(places))
    test(`walk: ${name}`, async (walk) => {
      const page = await openPlace(world, name, sizeOf(name))
      await walk.test('has words and names, and no text is cut', () => isReadable(world, page, name))
      await picture(page, `walk-${name}-zh`)
      for (const zoom of ZOOMS) {
        await walk.test(`nothing is out of reach at ${zoom} %`, () => isWithinReach(page, zoom))
        await picture(page, `walk-${name}-${zoom}`)
      }
      await page.setViewportSize(sizeOf(name))
      await page.evaluate(() => {
        sessionStorage.clear() // drafts
        localStorage.setItem('onedoor.language', 'en')
      })
      await page.reload()
      await enter(page, name)
      await walk.test('is whole in English', () => isReadable(world, page, name))
      await picture(page, `walk-${name}-en`)
      await walk.test("shows states and the focus in the user's own colours", () => isSeen(page))
      await picture(page, `walk-${name}-colours`)
      await page.context().close()
    })
}
