import type { SyntaxNode, Tree } from '@lezer/common';

/** The names of a tree's nodes with their children in brackets. */
export function treeOutline(tree: Tree): string {
  return nodeOutline(tree.topNode);
}

function nodeOutline(node: SyntaxNode): string {
  const children: string[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(nodeOutline(child));
  return children.length === 0 ? node.name : `${node.name}(${children.join(',')})`;
}
