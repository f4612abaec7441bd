// SPDX-License-Identifier: Apache-2.0
// Tests of the pages in a real browser, on one hall that is made for them: `node tests/web/index.mjs`, or one of
// the groups, each of which has about half of the time: `node tests/web/index.mjs work`.
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
import paperTests from './paper.mjs'
import personsTests from './persons.mjs'
import phoneTests from './phone.mjs'
import pressesTests from './presses.mjs'
import publicTests from './public.mjs'
import questionsTests from './questions.mjs'
import referenceTests from './reference.mjs'
import safetyTests from './safety.mjs'
import scansTests from './scans.mjs'
import shownTests from './shown.mjs'
import signInTests from './sign_in.mjs'
import ticketsTests from './tickets.mjs'
import typingTests from './typing.mjs'
import walkTests from './walk.mjs'

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

const groups = {
  // What people do on the pages.
  work: [signInTests, casesTests, publicTests, ticketsTests, questionsTests, scansTests, phoneTests, managementTests, referenceTests, approvalsTests, counterTests, typingTests, personsTests, shownTests, paperTests],
  // What holds on every page: each is walked.
  walks: [looksTests, walkTests, pressesTests, dialogsTests, safetyTests, exportsTests],
}
const chosen = process.argv.slice(2)
for (const name of chosen.length > 0 ? chosen : Object.keys(groups)) for (const tests of groups[name]) tests(world)
