// SPDX-License-Identifier: Apache-2.0
// sbom.mjs LOCKFILE VERSION: the list of what the hall is made of, as CycloneDX 1.5 (JSON). The Debian packages come on
// standard input, a line each: name, version, architecture. From the lock file come the packages of the pages: those that are
// bundled, and, as excluded, those that only build and test them. The same input gives the same text.
import { readFileSync } from 'node:fs'

const [lockfile, version] = process.argv.slice(2)

function debian(line) {
  const [name, version, architecture] = line.split(' ')
  return {
    type: 'library',
    name,
    version,
    purl: `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${architecture}&distro=debian-12`
  }
}

/** "sha512-<base64>" */
function hash(integrity) {
  const [, bits, digest] = /^sha(\d+)-(.+)$/.exec(integrity)
  return { alg: `SHA-${bits}`, content: Buffer.from(digest, 'base64').toString('hex') }
}

function npm([path, { version, integrity, license, dev, devOptional }]) {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
  return {
    type: 'library',
    name,
    version,
    scope: dev || devOptional ? 'excluded' : 'required',
    hashes: [hash(integrity)],
    ...(license && { licenses: [{ expression: license }] }),
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`
  }
}

const components = [
  ...readFileSync(0, 'utf8').trim().split('\n').map(debian),
  ...Object.entries(JSON.parse(readFileSync(lockfile, 'utf8')).packages)
    .filter(([path]) => path !== '')
    .map(npm)
]
// One package may stand at two places in the lock file.
const listed = [...new Map(components.map((component) => [component.purl, { 'bom-ref': component.purl, ...component }])).values()]
console.log(
  JSON.stringify(
    {
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      version: 1,
      metadata: {
        component: { type: 'application', 'bom-ref': 'onedoor', name: 'onedoor', version, licenses: [{ license: { id: 'Apache-2.0' } }] }
      },
      components: listed,
      dependencies: [{ ref: 'onedoor', dependsOn: listed.filter(({ scope }) => scope !== 'excluded').map(({ purl }) => purl) }]
    },
    null,
    1
  )
)
