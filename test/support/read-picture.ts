import { decodeQR } from 'qr/decode.js';

/** What a camera would see: each module of the path as a square of pixels on white. */
function photograph({ path, size }: { path: string; size: number }): { width: number; height: number; data: Uint8Array } {
  const scale = 4;
  const width = size * scale;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x = '', y = ''] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/gu)) {
    for (let at = 0; at < scale * scale; at++) {
      const pixel = (Number(y) * scale + Math.floor(at / scale)) * width + Number(x) * scale + (at % scale);
      data.set([0, 0, 0, 255], pixel * 4);
    }
  }
  return { width, height: width, data };
}

/** What a phone reads from the picture of a join link. */
export function readPicture(picture: { path: string; size: number }): string {
  return decodeQR(photograph(picture));
}
