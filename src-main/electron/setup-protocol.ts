import type { RandomBytes } from '../../shared/base/ids.ts';
import { rendererHeaders } from '../core/renderer/content-policy.ts';
import { readRendererFile } from '../core/renderer/renderer-files.ts';
import { appHost, appScheme } from './app-origin.ts';
import type { ElectronApi } from './electron-api.ts';

/** Before the app is ready: a standard, secure origin of its own, so that IndexedDB and WebCrypto work as on the web. */
export function setupScheme({ protocol }: Pick<ElectronApi, 'protocol'>): void {
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: rendererHeaders });
}

/** Serves the built renderer, and nothing that lies outside of it. */
export function setupProtocol({ protocol }: Pick<ElectronApi, 'protocol'>, root: string, random: RandomBytes): void {
  protocol.handle(appScheme, async (request) => {
    const { host, pathname } = new URL(request.url);
    if (host !== appHost) return refuse(403);
    if (request.method !== 'GET') return refuse(405);
    const file = await readRendererFile(root, pathname, random);
    if (file === null) return refuse(404);
    return new Response(new Uint8Array(file.content), { headers: file.headers });
  });
}
