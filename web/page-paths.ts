// SPDX-License-Identifier: Apache-2.0
// The addresses of the pages, for the gateway (services/gateway/http/files.h), read from the text of router.ts:
// the table itself needs a browser.

/** One pattern a page: `*` stands for one part of the path, `**` for any number. */
export function pagePaths(router: string): string[] {
  const table = /export const pages: Page\[\] = \[\n(.*?)\n\]/s.exec(router)?.[1] ?? ''
  const paths = [...table.matchAll(/\bpath: '([^']+)'/g)].map(([, path]) =>
    path!.replace(/:\w+\(\.\*\)\*/g, '**').replace(/:\w+/g, '*'),
  )
  const odd = paths.find((path) => !/^(\/([\w-]+|\*))+(\/\*\*)?$/.test(path))
  if (odd !== undefined) throw new Error(`the gateway does not understand the address ${odd} of router.ts`)
  if (paths.length === 0) throw new Error('router.ts has no table of pages')
  return ['/', ...paths]
}
