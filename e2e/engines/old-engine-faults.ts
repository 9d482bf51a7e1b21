import { parse } from 'acorn'
import { fullAncestor } from 'acorn-walk'

/**
 * What the oldest supported browsers lack (docs/browsers.md): Safari 15.4, Chrome 90, Firefox 91. Syntax is what acorn
 * accepts as ES2022 without what those three do not all have; of the APIs, those our scripts and packages might use.
 */
const MISSING_GLOBALS = [
  'structuredClone',
  'reportError',
  'CompressionStream',
  'DecompressionStream',
  'requestIdleCallback',
  'cancelIdleCallback',
  'scheduler',
  'navigation',
  'OffscreenCanvas',
  'Iterator',
  'SharedArrayBuffer',
  'SharedWorker',
  'CloseWatcher',
]

/** By object and name. */
const MISSING_STATICS = [
  'Object.hasOwn',
  'Object.groupBy',
  'Map.groupBy',
  'Array.fromAsync',
  'Promise.withResolvers',
  'Promise.try',
  'AbortSignal.timeout',
  'AbortSignal.any',
  'URL.canParse',
  'URL.parse',
  'Response.json',
  'crypto.randomUUID',
  'RegExp.escape',
  'Intl.DurationFormat',
  'Intl.Segmenter',
  'navigator.userActivation',
  'document.startViewTransition',
]

/** Names of methods that no older object has under the same name. */
const MISSING_METHODS = [
  'at',
  'findLast',
  'findLastIndex',
  'toSorted',
  'toReversed',
  'toSpliced',
  'isWellFormed',
  'toWellFormed',
  'throwIfAborted',
  'symmetricDifference',
  'isSubsetOf',
  'isSupersetOf',
  'isDisjointFrom',
  'formatRange',
  'showPicker',
  'showPopover',
  'togglePopover',
  'moveBefore',
  'setHTMLUnsafe',
  'checkVisibility',
  'scrollend',
]

interface AnyNode {
  type: string
  start: number
  [key: string]: unknown
}

const nameOf = (node: unknown): string | undefined => {
  const { type, name, value } = (node ?? {}) as { type?: string; name?: string; value?: unknown }
  return type === 'Identifier' ? name : typeof value === 'string' ? value : undefined
}

/**
 * Everything in this script that would stop or fail in the oldest browsers, with its place. A use counts as safe where the
 * code asks first: `typeof X`, `X?.`, `"X" in …`, or within a condition, a logical expression or a `try` that names it.
 */
export function oldEngineFaults(source: string, module = false): string[] {
  let tree: ReturnType<typeof parse>
  try {
    tree = parse(source, { ecmaVersion: 2022, sourceType: module ? 'module' : 'script' })
  } catch (error) {
    return [`does not parse: ${(error as Error).message}`]
  }
  const faults: string[] = []
  const declared = new Set<string>()
  fullAncestor(tree, (given) => {
    const node = given as unknown as AnyNode
    if (node.type === 'VariableDeclarator' || node.type === 'FunctionDeclaration') {
      const name = nameOf(node.id)
      if (name) declared.add(name)
    }
  })
  fullAncestor(tree, (given, _, ancestors) => {
    const node = given as unknown as AnyNode
    const around = (ancestors as unknown as AnyNode[]).slice(0, -1)
    const what = syntaxFault(node, source, around) ?? apiFault(node, around, declared)
    if (what && !isAskedFor(what, around, source)) {
      faults.push(`${what} at ${node.start}: ${source.slice(Math.max(0, node.start - 30), node.start + 50)}`)
    }
  })
  return faults
}

function syntaxFault(node: AnyNode, source: string, around: AnyNode[]): string | undefined {
  if (node.type === 'StaticBlock') return 'a class static block'
  if (node.type === 'BinaryExpression' && (node.left as AnyNode).type === 'PrivateIdentifier') return '#x in'
  if (node.type === 'AwaitExpression' && !around.some(({ type }) => /Function/.test(type))) {
    return 'a top-level await'
  }
  const { regex } = node as { regex?: { pattern: string; flags: string } }
  if (node.type === 'Literal' && regex) {
    if (/\(\?<[=!]/.test(regex.pattern)) return 'a look-behind'
    if (/[dv]/.test(regex.flags)) return `the flag ${regex.flags} of a regular expression`
  }
  // In strings too: `new RegExp("(?<=x)")`.
  if (node.type === 'NewExpression' && nameOf(node.callee) === 'RegExp') {
    const [pattern] = node.arguments as AnyNode[]
    if (pattern && /\(\?<[=!]/.test(source.slice(pattern.start, pattern.end as number)))
      return 'a look-behind'
  }
  return undefined
}

function apiFault(node: AnyNode, around: AnyNode[], declared: Set<string>): string | undefined {
  const parent = around.at(-1)
  if (node.type === 'CallExpression' || node.type === 'NewExpression') {
    const callee = node.callee as AnyNode
    const name = nameOf(callee)
    if (name && callee.type === 'Identifier' && MISSING_GLOBALS.includes(name) && !declared.has(name)) {
      return name
    }
    if (callee.type === 'MemberExpression' && !callee.optional && !node.optional) {
      const method = callee.computed ? undefined : nameOf(callee.property)
      if (method && MISSING_METHODS.includes(method)) return `.${method}()`
    }
  }
  if (node.type !== 'MemberExpression' || node.computed || node.optional) return undefined
  const full = `${nameOf(node.object)}.${nameOf(node.property)}`
  // `X.y?.z` and `typeof X.y` ask.
  if (parent?.type === 'UnaryExpression' || parent?.optional) return undefined
  return MISSING_STATICS.find((each) => each === full)
}

/** True when the code around names it in a test: what it asks for it may use. */
function isAskedFor(what: string, around: AnyNode[], source: string): boolean {
  const name = what.replace(/^\.|\(\)$/g, '')
  const word = name.split('.').at(-1)!
  return around.some((node) => {
    if (node.type === 'TryStatement') return true
    const test =
      node.type === 'IfStatement' || node.type === 'ConditionalExpression'
        ? (node.test as AnyNode)
        : node.type === 'LogicalExpression'
          ? (node.left as AnyNode)
          : undefined
    return test !== undefined && source.slice(test.start, test.end as number).includes(word)
  })
}
