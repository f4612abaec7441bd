// SPDX-License-Identifier: Apache-2.0
// Tests of the pages in a real browser, on one hall that is made for them: `node tests/web/index.mjs`.
// With ONEDOOR_PICTURES=FOLDER, pictures of the pages are taken.
import { after, before } from 'node:test'

import { openBrowser } from './browser.mjs'
import { Caller, openHall, person } from './hall.mjs'
import approvalsTests from './approvals.mjs'
import casesTests from './cases.mjs'
import counterTests from './counter.mjs'
import dialogsTests from './dialogs.mjs'
import exportsTests from './exports.mjs'
import looksTests from './looks.mjs'
import managementTests from './management.mjs'
import personsTests from './persons.mjs'
import phoneTests from './phone.mjs'
import pressesTests from './presses.mjs'
import publicTests from './public.mjs'
import safetyTests from './safety.mjs'
import shownTests from './shown.mjs'
import signInTests from './sign_in.mjs'
import typingTests from './typing.mjs'
import zoomTests from './zoom.mjs'

const world = {}

before(async () => {
  world.hall = await openHall()
  world.browser = await openBrowser()
  world.administrator = new Caller(world.hall)
  const { name, password } = person(world.hall, 'ADMINISTRATOR')
  await world.administrator.signIn(name, password)
})

after(async () => {
  await world.browser?.close()
  await world.hall?.close()
})

for (const tests of [signInTests, casesTests, publicTests, phoneTests, managementTests, approvalsTests, counterTests, dialogsTests, safetyTests, typingTests, looksTests, pressesTests, personsTests, shownTests]) tests(world)
for (const tests of [exportsTests, zoomTests]) tests(world)
