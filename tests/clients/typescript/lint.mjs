// SPDX-License-Identifier: Apache-2.0
// lint.mjs FILE: an OpenAPI document under Redocly's strict rules. Prints what is found and exits with 1 if anything is.
// This is the linter of `redocly lint` without the rest of that program.
import { createConfig, lint } from '@redocly/openapi-core'

const problems = await lint({ ref: process.argv[2], config: await createConfig({ extends: ['recommended-strict'] }) })
for (const problem of problems)
  console.log(`${problem.severity} ${problem.ruleId} at ${problem.location[0]?.pointer}: ${problem.message}`)
process.exitCode = problems.length > 0 ? 1 : 0
