const viewModes = ['write', 'read', 'stage'] as const;
/** Write: source and chart; Read: the chart; Stage: nothing but the chart. */
export type ViewMode = (typeof viewModes)[number];

export function isViewMode(value: string | null): value is ViewMode {
  return value !== null && (viewModes as readonly string[]).includes(value);
}
