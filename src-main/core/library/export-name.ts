const chartSuffix = /\.(?:cho|chopro|crd|pro|chordpro|txt)$/i;

/** A file name that every system takes: no path, no reserved character, with a suffix that chart programs open. */
export function exportName(wanted: string): string {
  const suffix = chartSuffix.exec(wanted)?.[0] ?? '.cho';
  const stem = wanted
    .replace(chartSuffix, '')
    .replace(/[\p{Cc}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 120);
  return `${stem === '' ? 'Untitled' : stem}${suffix}`;
}
