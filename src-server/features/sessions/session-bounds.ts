import { Fault } from '../../../shared/base/errors.ts';

interface Bounds {
  min: number;
  max: number;
}

/** The administrator's limits: within what an owner sets the times of cleanup, in seconds, and how many sessions one person leads. */
export interface SessionBounds {
  auto_cleanup_after: Bounds;
  archive_after: Bounds;
  /** Null: any number. */
  max_sessions_per_user: number | null;
}

/** Throws 'unprocessable' for a time outside the administrator's limits. */
export function checkBounds(
  bounds: SessionBounds,
  given: Partial<Record<'auto_cleanup_after' | 'archive_after', number | undefined>>,
): void {
  const errors = (['auto_cleanup_after', 'archive_after'] as const).flatMap((path) => {
    const value = given[path];
    const { min, max } = bounds[path];
    return value === undefined || (value >= min && value <= max) ? [] : [{ path, message: `This server takes ${min} to ${max} seconds.` }];
  });
  if (errors.length > 0) throw new Fault('unprocessable', undefined, errors);
}
