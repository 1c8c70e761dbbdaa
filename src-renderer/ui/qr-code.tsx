import { encodeQR } from 'qr';
import type { ReactElement } from 'react';

/** Light modules around it, which scanners look for: ISO 18004 asks for four. */
const quietZone = 4;

/** The dark modules as one path in units of a module. */
export function qrPath(text: string): { path: string; size: number } {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: quietZone });
  const path = rows.map((row, y) => row.map((isDark, x) => (isDark ? `M${String(x)} ${String(y)}h1v1h-1z` : '')).join('')).join('');
  return { path, size: rows.length };
}

/** Dark on white in both colour schemes: many scanners read nothing else. */
export function QrCode({ text, label }: { text: string; label: string }): ReactElement {
  const { path, size } = qrPath(text);
  return (
    <svg
      className="qr-code"
      viewBox={`0 0 ${String(size)} ${String(size)}`}
      // Drawn here: an image element would need its picture as an address.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
