/**
 * Lets React remove and insert nodes that a translator or an extension has moved since. The component library of the console
 * has texts beside elements everywhere, and React would stop with an error at the first one that is elsewhere. May be called
 * more than once.
 */
export function tolerateMovedNodes(): void {
  const prototype = Node.prototype as Node & { arraydropTolerates?: boolean }
  if (prototype.arraydropTolerates) return
  prototype.arraydropTolerates = true
  const { removeChild, insertBefore } = prototype
  prototype.removeChild = function <T extends Node>(this: Node, child: T): T {
    const own = childHolding(this, child)
    if (own) removeChild.call(this, own)
    return child
  }
  prototype.insertBefore = function <T extends Node>(this: Node, node: T, before: Node | null): T {
    insertBefore.call(this, node, before && childHolding(this, before))
    return node
  }
}

/** The child of this parent that is the node, or holds it now; null when the node is not below the parent any more. */
function childHolding(parent: Node, node: Node): Node | null {
  let at: Node | null = node
  while (at && at.parentNode !== parent) at = at.parentNode
  return at
}
