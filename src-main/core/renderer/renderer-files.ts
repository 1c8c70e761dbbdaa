import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { RandomBytes } from '../../../shared/base/ids.ts';
import { pageWithNonce, rendererHeaders } from './content-policy.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.cho': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

export interface RendererFile {
  content: Buffer;
  /** Its type, and the policy it is under. */
  headers: Readonly<Record<string, string>>;
  /** Named by its own hash, so that it never changes. */
  isImmutable: boolean;
}

async function readOrNull(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null;
    throw error;
  }
}

/**
 * A file of the built renderer; a path without a suffix is one of the interface's own places and gets index.html. Null
 * when there is none, or when the path would lead out of `root`.
 * @param pathname of the URL, still percent-encoded
 */
export async function readRendererFile(root: string, pathname: string, random: RandomBytes): Promise<RendererFile | null> {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  const suffix = extname(path);
  if (suffix === '') path = '/index.html';
  // Only names that the build makes: no dot segments, no backslash, no NUL, no hidden file.
  if (!/^(?:\/[\w@~-][\w@~.-]*)+$/.test(path)) return null;
  const file = join(root, path);
  const contentType = contentTypes[extname(path)];
  if (contentType === undefined || !file.startsWith(root + sep)) return null;
  const content = await readOrNull(file);
  if (content === null) return null;
  if (extname(path) === '.html') {
    const page = pageWithNonce(content.toString(), random);
    return { content: Buffer.from(page.content), headers: { ...page.headers, 'content-type': contentType }, isImmutable: false };
  }
  return { content, headers: { ...rendererHeaders, 'content-type': contentType }, isImmutable: path.startsWith('/assets/') };
}
